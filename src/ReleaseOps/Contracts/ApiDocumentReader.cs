using System.Text;
using System.Text.Unicode;
using ReleaseOps.Contracts.Swagger;
using static System.FormattableString;

namespace ReleaseOps.Contracts;

/// <summary>Bytes -> an API description. Pure: other files that it refers to are asked of the caller.</summary>
internal static class ApiDocumentReader
{
    /// <summary>The largest file that is read, in bytes: well above the largest descriptions in public, of about 12 MB.</summary>
    public const int MaxBytes = 64 * 1024 * 1024 - 1;

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// Reads JSON or YAML, told apart by its first character. OpenAPI 2.0 comes in the shape of 3.0, with the places of its own file.
    /// </summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="ReleaseOpsException">
    /// BadDocument: it can't be read, or isn't OpenAPI 2.0 to 3.1; the message has line and column.
    /// </exception>
    public static ApiDocument Read(ReadOnlyMemory<byte> bytes, string name)
    {
        var file = ReadFile(bytes, name, 0);
        var version = ApiVersions.Of(file);
        return new ApiDocument([version == "2.0" ? SwaggerDocument.Convert(file) : file], version);
    }

    /// <summary>
    /// Reads a description, or a JSON Schema alone, to be asked for its schemas: everything stands where its file has it, OpenAPI 2.0 too.
    /// </summary>
    /// <param name="bytes">As above.</param>
    /// <param name="name">As above.</param>
    /// <exception cref="ReleaseOpsException">
    /// BadDocument: it can't be read, says that it is a version of OpenAPI that isn't read, or a JSON Schema of another draft than 2020-12.
    /// </exception>
    public static ApiDocument ReadAsWritten(ReadOnlyMemory<byte> bytes, string name)
    {
        var file = ReadFile(bytes, name, 0);
        var isDescription = (file.Root["openapi"] ?? file.Root["swagger"]) is { Kind: not (ApiNodeKind.Map or ApiNodeKind.List) };
        var version = isDescription ? ApiVersions.Of(file) : "3.1";
        if (!version.StartsWith("3.1", StringComparison.Ordinal))
            return new ApiDocument([file], version);
        if (file.Root[isDescription ? "jsonSchemaDialect" : "$schema"] is { } dialect && !ApiVersions.IsDialect(dialect.Text))
            throw ApiTree.Unreadable(name, dialect.Line, dialect.Column,
                $"schemas of {ApiTree.Show(dialect.Text)} aren't read, only those of JSON Schema 2020-12");
        return new ApiDocument([file], version);
    }

    /// <summary>Reads a file that needn't be a whole description: what another one refers to.</summary>
    /// <param name="bytes">As above.</param>
    /// <param name="name">As above.</param>
    /// <param name="file">Which of the description's files it is, from 0.</param>
    /// <exception cref="ReleaseOpsException">BadDocument: it can't be read.</exception>
    public static ApiFile ReadFile(ReadOnlyMemory<byte> bytes, string name, int file)
    {
        var tree = new ApiTree(name, file);
        if (bytes.Length > MaxBytes)
            throw ApiTree.Unreadable(name, 1, 1, Invariant($"the file is larger than {MaxBytes >> 20} MB, the most that is read"));
        if (bytes.Span is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])
            throw tree.Bad(1, 1, "the file is in UTF-16; only UTF-8 is read");
        var text = bytes.Span.StartsWith(Mark) ? bytes[Mark.Length..] : bytes;
        if (!Utf8.IsValid(text.Span))
            throw NotText(text.Span, tree);
        if (text.Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
        {
            ApiJson.Read(text.Span, tree);
        }
        else
        {
            using var reader = new StreamReader(new MemoryStream(text.ToArray()), Encoding.UTF8);
            ApiYaml.Read(reader, tree);
        }
        return tree.Done();
    }

    private static ReleaseOpsException NotText(ReadOnlySpan<byte> bytes, ApiTree tree)
    {
        var valid = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[valid..], out _, out var length) == System.Buffers.OperationStatus.Done)
            valid += length;
        var place = new Utf8Place(bytes);
        place.MoveTo(valid);
        return tree.Bad(place.Line, place.Column, "a byte here isn't UTF-8; save the file as UTF-8");
    }
}
