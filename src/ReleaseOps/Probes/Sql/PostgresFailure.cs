using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using ReleaseOps.Probes.Http;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes.Sql;

/// <summary>Says in a sentence why a database gave no answer.</summary>
internal static class PostgresFailure
{
    /// <summary>The failure as a reason of its own.</summary>
    /// <param name="failure">What Npgsql threw.</param>
    /// <param name="place">The source and its host.</param>
    /// <param name="query">The query.</param>
    /// <param name="mask">Hides secrets.</param>
    internal static CouldNotTellException From(Exception failure, string place, QueryText query, SecretMask mask)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is PostgresException answer)
                return Answered(answer, place, query, mask);
            if (inner is AuthenticationException tls)
                return new CouldNotTellException(ErrorId.TlsFailed, $"TLS with {place} failed: {OutsideText.OneLine(tls.Message, mask)}");
            if (inner is SocketException socket)
                return new CouldNotTellException(ErrorId.Unreachable, $"{place}: {HttpFailure.Reason(socket.SocketErrorCode)}");
            if (inner is TimeoutException)
                return new CouldNotTellException(ErrorId.TimedOut, $"{place} gave no answer in time");
            if (inner is NotSupportedException)
                return new CouldNotTellException(ErrorId.QueryRefused, "the query gives no rows (a COPY): it must be a SELECT");
        }
        var text = OutsideText.OneLine((failure.InnerException ?? failure).Message, mask);
        // Npgsql has no codes for these two.
        var id = text.StartsWith("SSL ", StringComparison.Ordinal) ? ErrorId.TlsFailed
            : text.StartsWith("No password has been provided", StringComparison.Ordinal) ? ErrorId.AccessDenied
            : ErrorId.Unreachable;
        return new CouldNotTellException(id, $"{place}: {text}");
    }

    /// <summary>The classes and codes of Appendix A of PostgreSQL's manual.</summary>
    private static CouldNotTellException Answered(PostgresException answer, string place, QueryText query, SecretMask mask)
    {
        var text = OutsideText.OneLine(answer.MessageText, mask);
        return answer.SqlState switch
        {
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                Because(ErrorId.QueryRefused, $"the query would write, and a look may only read: {text}"),
            PostgresErrorCodes.QueryCanceled => Because(ErrorId.TimedOut, $"{place}: {text}"),
            PostgresErrorCodes.LockNotAvailable => Because(ErrorId.TimedOut, $"{place}: somebody else holds a lock that the query needs: {text}"),
            PostgresErrorCodes.InsufficientPrivilege => Because(ErrorId.AccessDenied, $"{place}: {text}"),
            PostgresErrorCodes.InvalidCatalogName => Because(ErrorId.Unreachable, $"{place}: {text}"),
            ['2', '8', ..] => Because(ErrorId.AccessDenied, $"{place}: {text}"),
            ['0', '8', ..] => Because(ErrorId.Unreachable, $"{place}: {text}"),
            ['5', '3' or '7' or '8', ..] or ['X', 'X', ..] => Because(ErrorId.ServerFailed, $"{place}: {text}"),
            _ when answer.Position > 0 => Because(ErrorId.QueryRefused, $"{text} (at {query.PlaceOf(Index(query, answer.Position))} of the query)"),
            _ => Because(ErrorId.QueryRefused, text),
        };

        static CouldNotTellException Because(ErrorId id, string why) => new(id, why);
    }

    /// <summary>PostgreSQL counts characters, from 1; .NET counts UTF-16 units.</summary>
    private static int Index(QueryText query, int position)
    {
        var units = 0;
        foreach (var rune in query.Numbered().EnumerateRunes().Take(position - 1))
            units += rune.Utf16SequenceLength;
        return units;
    }
}
