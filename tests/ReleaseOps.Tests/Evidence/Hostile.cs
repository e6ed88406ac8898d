using FsCheck;
using FsCheck.Fluent;

namespace ReleaseOps.Tests.Evidence;

/// <summary>Texts as an attacker would have a program or a service say them.</summary>
internal static class Hostile
{
    private static readonly string[] Parts =
    [
        "::error::", "::add-mask::", "::set-output name=a::b", "::stop-commands::x", ":", "::", "##[", "##[error]", "##vso[",
        "##VSO[task.setvariable variable=x]y", "##vso[task.complete result=Succeeded;]", "#", "##", "]", ";", ",", "=", "%", "%25",
        "%0A", "%0D", "%3A", "%5D", "%AZP25", "%AZP250A", "\n", "\r", "\r\n", "\t", " ", "\u2028", "\u2029", "\u0085", "\u00A0",
        "\u00AD", "\u200B", "\u202E", "\uFEFF", "\0", "\u001b[31m", "\u009b", "\uFFFE", "\uFFFF", "|", "||", "\\", "\\\\", "\\|", "`",
        "``", "```", "~~~", "*", "_", "# ", "> ", "- ", "1. ", "@everyone", "@ana", "#12", "![x](http://e.example/p)",
        "[x](javascript:1)", "<script>", "</table>", "<!--", "-->", "<b>", "&amp;", "&#124;", "http://e.example", "www.e.example",
        "a@e.example", "]]>", "<![CDATA[", "\"", "'", "GO", "한국어", "ß", "İ", "😀", "x", "1", "logs/a.log",
    ];

    /// <summary>Texts put together from such parts and from any others.</summary>
    public static Gen<string> Texts { get; } =
        from parts in Gen.OneOf(Gen.Elements(Parts), Gen.Elements(Parts), OtherCharacters()).ListOf()
        select string.Concat(parts);

    /// <summary>The same, and halves of surrogate pairs.</summary>
    public static Gen<string> BrokenTexts { get; } =
        from texts in Gen.OneOf(Texts, Gen.Elements("\uD83D", "\uDE00")).ListOf()
        select string.Concat(texts);

    private static Gen<string> OtherCharacters() =>
        ArbMap.Default.GeneratorFor<char>().Where(c => !char.IsSurrogate(c)).Select(c => c.ToString());
}
