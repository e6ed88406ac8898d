using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReleaseOps.Cli.Screen;

/// <summary>Writes one JSON document to standard output.</summary>
internal static class JsonOut
{
    public static void Write(Action<Utf8JsonWriter> write)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        output.Write("\n"u8);
    }
}
