using System.Text.Json;
using ReleaseOps.Probes.Files;
using ReleaseOps.Probes.Http;
using static System.FormattableString;

namespace ReleaseOps.Probes;

/// <summary>Reads a JSON or YAML document (a manifest), as <c>doc</c>. The file's ending tells which: .json, .yaml or .yml.</summary>
internal static class DocumentProbe
{
    /// <summary>The largest document that is read, in bytes.</summary>
    internal const long MaxLength = 4 << 20;

    /// <summary>Reads the document.</summary>
    /// <param name="look">The file.</param>
    /// <param name="context">Time-out, mask and clock.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal static Task<Observation> LookAsync(FileLook look, LookContext context, CancellationToken cancellation) =>
        FileReading.LookAsync(look, context, (file, token) => Read(file, context.Mask, token), cancellation);

    private static Seen Read(SeenFile file, SecretMask mask, CancellationToken cancellation)
    {
        var isYaml = Path.GetExtension(file.Path).ToLowerInvariant() switch
        {
            ".json" => false,
            ".yaml" or ".yml" => true,
            _ => throw new CouldNotTellException(ErrorId.BadDocument,
                $"{file.Name} ends neither in .json nor in .yaml or .yml, so its format isn't known"),
        };
        var text = TextFile.Read(file, MaxLength);
        if (string.IsNullOrWhiteSpace(text))
            throw new CouldNotTellException(ErrorId.BadDocument, $"{file.Name} is empty");
        try
        {
            var doc = isYaml ? YamlDocument.Read(text, mask, cancellation) : Json(text, mask);
            var values = new Dictionary<string, object?> { ["doc"] = doc };
            return new Seen(values, Invariant($"{file.Name}: {(isYaml ? "YAML" : "JSON")}, {file.Length} bytes"));
        }
        catch (CouldNotTellException e)
        {
            throw new CouldNotTellException(e.Id, $"{file.Name} {e.Message}");
        }
    }

    private static JsonElement Json(string text, SecretMask mask)
    {
        try
        {
            return StrictJson.Parse(mask.Apply(text));
        }
        catch (JsonException e)
        {
            throw new CouldNotTellException(ErrorId.BadDocument, "is not valid JSON" + StrictJson.Place(e));
        }
    }
}
