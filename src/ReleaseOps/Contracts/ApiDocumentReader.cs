namespace ReleaseOps.Contracts;

/// <summary>Bytes -> an API description. Pure: other documents that it refers to are asked of the caller.</summary>
internal static class ApiDocumentReader
{
    /// <summary>Reads JSON or YAML, told apart by its first character.</summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="ReleaseOpsException">BadDocument: it can't be read, or isn't OpenAPI 2.0 to 3.1; the message has line and column.</exception>
    public static ApiDocument Read(ReadOnlyMemory<byte> bytes, string name) => throw new NotImplementedException();
}
