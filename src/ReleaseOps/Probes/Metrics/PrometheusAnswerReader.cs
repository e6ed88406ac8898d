using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ReleaseOps.Gates;
using ReleaseOps.Probes.Http;

namespace ReleaseOps.Probes.Metrics;

/// <summary>
/// Reads the answer to a query as it comes in, one series at a time: of a large answer only the labels, as sent, and the numbers are kept.
/// </summary>
/// <param name="mask">Hides secrets in what the server says.</param>
internal sealed class PrometheusAnswerReader(SecretMask mask)
{
    private const int Piece = 64 * 1024;
    private const int MostWarnings = 20;

    private readonly PrometheusAnswer _answer = new();
    private readonly ByteStore _labels = new();
    private readonly List<(double, double)> _points = [];
    private Stage _stage;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 32 });
    private string? _status;
    private string? _type;
    private string? _error;
    private bool _hasResult;

    private enum Stage { Start, Top, Data, Result, End }

    /// <summary>Reads an answer to its end.</summary>
    /// <param name="body">The body of the response.</param>
    /// <param name="hop">Is told about the progress.</param>
    /// <param name="cap">The most bytes that may come.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CouldNotTellException">BodyTooLarge; BadDocument; QueryRefused: the status isn't success.</exception>
    internal async Task<PrometheusAnswer> ReadAsync(Stream body, Hop hop, long cap, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var (filled, wanted, total) = (0, 1, 0L);
            for (var read = -1; read != 0;)
            {
                if (filled == buffer.Length)
                    buffer = Grown(buffer, filled);
                read = await body.ReadAsync(buffer.AsMemory(filled), cancellation).ConfigureAwait(false);
                filled += read;
                total += read;
                hop.BodyBytes = total;
                if (total > cap)
                    throw HttpBody.TooLarge(cap);
                // A series that isn't whole yet is read again from its start, so not before twice as much is there.
                if (filled < wanted && read > 0)
                    continue;
                var consumed = Parse(buffer.AsSpan(0, filled), isFinal: read == 0);
                filled -= consumed;
                buffer.AsSpan(consumed, filled).CopyTo(buffer);
                wanted = consumed == 0 ? filled * 2 : 1;
            }
        }
        catch (JsonException e)
        {
            throw Bad("it isn't valid JSON, or it was cut off" + StrictJson.Place(e));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Finished();
    }

    private static byte[] Grown(byte[] buffer, int filled)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private PrometheusAnswer Finished()
    {
        if (_status != "success")
            throw _status == "error" ? new CouldNotTellException(ErrorId.QueryRefused, Sentence(_error ?? "the server gave no reason"))
                : Bad("it has no 'status' of success or error");
        if (!_hasResult)
            throw Bad("it has no result");
        if (_error is { Length: > 0 } error)
            throw new CouldNotTellException(ErrorId.PartialAnswer, "the server says success, and has an error all the same: " + Sentence(error));
        _answer.Kind = _type switch
        {
            "vector" => AnswerKind.Vector,
            "matrix" => AnswerKind.Matrix,
            "scalar" => AnswerKind.Scalar,
            "string" => AnswerKind.Text,
            _ => throw Bad("its resultType isn't known"),
        };
        var fits = _answer.Kind switch
        {
            AnswerKind.Matrix => _answer.Points.Count == _answer.Series.Count,
            AnswerKind.Scalar => _answer.Series.Count == 1 && _answer.Points.Count == 0,
            AnswerKind.Vector => _answer.Points.Count == 0,
            _ => true,
        };
        return fits || _answer.HasHistograms ? _answer : throw Bad("its result isn't what its resultType says");
    }

    private int Parse(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        var reader = new Utf8JsonReader(bytes, isFinal, _state);
        while (true)
        {
            // On a copy: where a step doesn't find all of it, nothing has happened, and it is tried again with more bytes.
            var attempt = reader;
            if (!TryStep(ref attempt, bytes))
                break;
            reader = attempt;
        }
        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private bool TryStep(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        if (!reader.Read())
            return false;
        return _stage switch
        {
            Stage.Start => reader.TokenType == JsonTokenType.StartObject ? Enter(Stage.Top) : throw Bad("it isn't an object"),
            Stage.Top => reader.TokenType == JsonTokenType.EndObject ? Enter(Stage.End) : TryTop(ref reader),
            Stage.Data => reader.TokenType == JsonTokenType.EndObject ? Enter(Stage.Top) : TryData(ref reader),
            Stage.Result => reader.TokenType switch
            {
                JsonTokenType.EndArray => Enter(Stage.Data),
                JsonTokenType.StartObject => TrySeries(ref reader, bytes),
                JsonTokenType.Number => TryScalar(ref reader),
                _ => throw Bad("its result isn't a list of series"),
            },
            _ => throw Bad("more follows after its end"),
        };
    }

    private bool Enter(Stage stage)
    {
        _stage = stage;
        return true;
    }

    private bool TryTop(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("status"u8))
            return TryText(ref reader, ref _status);
        if (reader.ValueTextEquals("error"u8))
            return TryText(ref reader, ref _error);
        if (reader.ValueTextEquals("warnings"u8) || reader.ValueTextEquals("infos"u8))
            return TryWarnings(ref reader);
        if (reader.ValueTextEquals("isPartial"u8))
        {
            if (!reader.Read())
                return false;
            // What isn't a plain false says that we don't know.
            _answer.IsPartial |= reader.TokenType != JsonTokenType.False;
            return reader.TrySkip();
        }
        var isData = reader.ValueTextEquals("data"u8);
        if (!reader.Read())
            return false;
        return isData && reader.TokenType == JsonTokenType.StartObject ? Enter(Stage.Data) : reader.TrySkip();
    }

    private bool TryData(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("resultType"u8))
            return TryText(ref reader, ref _type);
        var isResult = reader.ValueTextEquals("result"u8);
        if (!reader.Read())
            return false;
        if (!isResult)
            return reader.TrySkip();
        if (reader.TokenType != JsonTokenType.StartArray || _hasResult)
            throw Bad("its result isn't one list");
        _hasResult = true;
        return Enter(Stage.Result);
    }

    private static bool TryText(ref Utf8JsonReader reader, ref string? text)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType != JsonTokenType.String)
            throw Bad("a text in it isn't one");
        // Of two that contradict each other, nobody can tell which one is meant.
        if (text is not null)
            throw Bad("a member is in it twice");
        text = TextOf(ref reader);
        return true;
    }

    private bool TryWarnings(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Bad("its warnings aren't a list");
        var texts = new List<string>();
        while (true)
        {
            if (!reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.EndArray)
                break;
            if (reader.TokenType != JsonTokenType.String)
                throw Bad("its warnings aren't a list of texts");
            texts.Add(TextOf(ref reader));
        }
        _answer.IsPartial |= texts.Any(PartialAnswers.Says);
        _answer.Warnings.AddRange(texts.Take(MostWarnings - _answer.Warnings.Count).Select(Sentence));
        return true;
    }

    private bool TryScalar(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType != JsonTokenType.String || _answer.Series.Count > 0)
            throw Bad("its result isn't a time and a value");
        // The type may not be known yet; a text that isn't a number is settled by it.
        _answer.Series.Add(new SeriesValue("", _type == "string" ? double.NaN : Number(ref reader)));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TrySeries(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        var (from, to, value, hasValue, hasPoints, hasHistogram) = (-1, 0, double.NaN, false, false, false);
        while (true)
        {
            if (!reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.EndObject)
                break;
            var name = reader.ValueTextEquals("metric"u8) ? 'm' : reader.ValueTextEquals("value"u8) ? 'v' : reader.ValueTextEquals("values"u8) ? 's' : 'o';
            hasHistogram |= name == 'o' && (reader.ValueTextEquals("histogram"u8) || reader.ValueTextEquals("histograms"u8));
            if (!reader.Read())
                return false;
            if ((name == 'm' && from >= 0) || (name == 'v' && hasValue) || (name == 's' && hasPoints))
                throw Bad("a member of a series is in it twice");
            switch (name)
            {
                case 'm':
                    from = (int)reader.TokenStartIndex;
                    if (!TryLabels(ref reader))
                        return false;
                    to = (int)reader.BytesConsumed;
                    break;
                case 'v':
                    hasValue = true;
                    if (!TryPoint(ref reader, out _, out value))
                        return false;
                    break;
                case 's':
                    hasPoints = true;
                    if (!TryPoints(ref reader))
                        return false;
                    break;
                default:
                    if (!reader.TrySkip())
                        return false;
                    break;
            }
        }
        if (from < 0 || !(hasValue || hasPoints || hasHistogram))
            throw Bad("a series in it has no labels or no value");
        _answer.HasHistograms |= hasHistogram;
        _answer.Series.Add(new SeriesValue(_labels.Keep(bytes[from..to]), value));
        if (hasPoints)
            _answer.Points.Add([.. _points]);
        return true;
    }

    private static bool TryLabels(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Bad("the labels of a series aren't a map");
        while (true)
        {
            if (!reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.EndObject)
                return true;
            if (!reader.Read())
                return false;
            if (reader.TokenType != JsonTokenType.String)
                throw Bad("a label in it isn't a text");
        }
    }

    private bool TryPoints(ref Utf8JsonReader reader)
    {
        _points.Clear();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Bad("the values of a series aren't a list");
        while (true)
        {
            if (!reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.EndArray)
                return true;
            if (!TryPoint(ref reader, out var at, out var value))
                return false;
            _points.Add((at, value));
        }
    }

    private static bool TryPoint(ref Utf8JsonReader reader, out double at, out double value)
    {
        (at, value) = (0, 0);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Bad("a value in it isn't a time and a number");
        if (!reader.Read())
            return false;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out at))
            throw Bad("a time in it isn't a number");
        if (!reader.Read())
            return false;
        if (reader.TokenType != JsonTokenType.String)
            throw Bad("a value in it isn't a number");
        value = Number(ref reader);
        if (!reader.Read())
            return false;
        return reader.TokenType == JsonTokenType.EndArray ? true : throw Bad("a value in it isn't a time and a number");
    }

    // The servers write numbers as texts, so that NaN and the infinities can be said.
    private static double Number(ref Utf8JsonReader reader)
    {
        if (double.TryParse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            return value;
        return reader.ValueTextEquals("NaN"u8) ? double.NaN
            : reader.ValueTextEquals("+Inf"u8) || reader.ValueTextEquals("Inf"u8) ? double.PositiveInfinity
            : reader.ValueTextEquals("-Inf"u8) ? double.NegativeInfinity
            : throw Bad("a value in it isn't a number");
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Bad("a text in it isn't UTF-8");
        }
    }

    private string Sentence(string text) => OutsideText.OneLine(text, mask);

    private static CouldNotTellException Bad(string why) => new(ErrorId.BadDocument, "the answer can't be used: " + why);
}
