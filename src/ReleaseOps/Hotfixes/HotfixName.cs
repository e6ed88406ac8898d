using System.Text;
using System.Text.RegularExpressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Hotfixes;

/// <summary>
/// How something is named, with placeholders: <c>hotfix/&lt;ticket&gt;-&lt;short-description&gt;</c>. <c>&lt;ticket&gt;</c> reads as the
/// runbook says, <c>&lt;short-description&gt;</c> is words of small letters and digits with '-' between them, <c>&lt;n&gt;</c> a number
/// from 1, and any other placeholder is text of one line.
/// </summary>
internal sealed partial class HotfixName
{
    /// <summary>How a ticket reads where nobody says.</summary>
    public const string AnyTicket = @"[A-Za-z][A-Za-z0-9]*-[0-9]+";

    private const string Description = "short-description";
    private const string Count = "n";
    private const int MostCharacters = 500;
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    private readonly string _form;
    private readonly IReadOnlyList<NamePiece> _pieces;
    private readonly string _ticket;

    /// <param name="form">The form.</param>
    /// <param name="ticket">How a ticket reads; null for <see cref="AnyTicket"/>.</param>
    public HotfixName(string form, string? ticket) => (_form, _pieces, _ticket) = (form, NameForm.Read(form, out _), ticket ?? AnyTicket);

    /// <summary>Whether a name is of this form, and the ticket in it; null for none.</summary>
    public bool Fits(string name, out string? ticket)
    {
        ticket = null;
        if (name.Length > MostCharacters)
            return false;
        var match = new Regex($@"\A{string.Concat(_pieces.Select(Expression))}\z", Plain).Match(name);
        ticket = match.Groups["ticket"] is { Success: true } found ? found.Value : null;
        return match.Success;
    }

    /// <summary>
    /// The name that was meant: its words, put into the form. What isn't known stays a placeholder.
    /// </summary>
    /// <param name="name">The name as it is.</param>
    /// <param name="ticket">The ticket, where it is known.</param>
    public string Corrected(string name, string? ticket)
    {
        name = name.Length > MostCharacters ? name[..MostCharacters] : name;
        var found = new Regex($"(?:{_ticket})", Plain | RegexOptions.IgnoreCase).Match(name);
        ticket ??= !found.Success ? null : Whole(found.Value) ? found.Value : Whole(found.Value.ToUpperInvariant()) ? found.Value.ToUpperInvariant() : null;
        var rest = found.Success ? WithoutPrefix(name[..found.Index]) + " " + name[(found.Index + found.Length)..] : WithoutPrefix(name);
        var number = Number().Match(name);
        return string.Concat(_pieces.Select(piece => piece switch
        {
            { IsPlaceholder: false } => piece.Text,
            { Text: NameForm.Ticket } => ticket,
            { Text: Description } => Slug(rest),
            { Text: Count } => number.Success ? number.Value : "1",
            _ => rest.Trim(' ', ':', '-', '_', '/', '.', '#'),
        } is { Length: > 0 } text ? text : $"<{piece.Text}>"));
    }

    /// <inheritdoc/>
    public override string ToString() => _form;

    private bool Whole(string ticket) => new Regex($@"\A(?:{_ticket})\z", Plain).IsMatch(ticket);

    /// <summary>What stands before the first placeholder, however it was written, is no part of the words.</summary>
    private string WithoutPrefix(string name)
    {
        var word = new string([.. _pieces[0].Text.TakeWhile(char.IsAsciiLetterOrDigit)]);
        return word.Length > 0 && name.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? name[word.Length..] : name;
    }

    private string Expression(NamePiece piece) => piece switch
    {
        { IsPlaceholder: false } => Regex.Escape(piece.Text),
        { Text: NameForm.Ticket } => $"(?<ticket>{_ticket})",
        { Text: Description } => "[a-z0-9]+(-[a-z0-9]+)*",
        { Text: Count } => "[1-9][0-9]*",
        _ => @"\S([^\r\n]*\S)?",
    };

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text)
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        return slug.ToString().TrimEnd('-');
    }

    [GeneratedRegex(@"[1-9][0-9]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
