using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using ReleaseOps.Probes.Files;

namespace ReleaseOps.Ledger;

/// <summary>A message to whoever owns a release's ledger.</summary>
/// <param name="Id">Its name, unique; the ledger keeps it, so that a letter read twice counts once.</param>
/// <param name="Type">What it is about: <c>vote.cast</c>, <c>approval.given</c>, <c>rollout.signal</c>.</param>
/// <param name="Data">The facts, a JSON object.</param>
public sealed record Letter(string Id, string Type, JsonElement Data);

/// <summary>
/// The letter box of a release: how a second terminal speaks to the run that owns the ledger, which only its owner may write. A letter is
/// a file in the folder <c>inbox</c>, whole or not there; its owner records it in the ledger, and only then takes it away. Who may write in
/// the release's folder may send letters: the folder's permissions are the lock.
/// </summary>
public static class Inbox
{
    private const string FolderName = "inbox";

    /// <summary>The longest letter, in bytes: 256 KiB; an update of an incident with each of its texts at its longest fits in.</summary>
    private const int MostBytes = 256 << 10;
    private const int MostLetters = 1000;

    // Nothing but a reader of JSON reads it: letters that aren't ASCII need no escapes, which are three times as long.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static int _sent;

    /// <summary>Sends a letter. When it returns, the letter is on the disk.</summary>
    /// <param name="releaseFolder">The release's folder.</param>
    /// <param name="at">When it was written, UTC: letters are read in this order.</param>
    /// <param name="type">What it is about.</param>
    /// <param name="data">Writes the content of its data, an object.</param>
    /// <param name="mask">Hides secrets in it; null where there are none.</param>
    /// <exception cref="ReleaseOpsException">LedgerUnwritable (also for one of more than 256 KiB, which nobody would read), DiskFull.</exception>
    public static void Send(string releaseFolder, DateTimeOffset at, string type, Action<Utf8JsonWriter> data, SecretMask? mask = null)
    {
        var folder = Path.Combine(releaseFolder, FolderName);
        // Two letters of one process in the same instant keep their order by their number.
        var id = string.Create(CultureInfo.InvariantCulture,
            $"{at.UtcDateTime:yyyyMMdd'T'HHmmss.fffffff'Z'}-{(uint)Interlocked.Increment(ref _sent):x8}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var path = Path.Combine(folder, id + ".json");
        var content = LedgerData.From(data, (mask ?? SecretMask.None).Apply, Writing);
        if (content.Length > MostBytes - 1024)
            throw new ReleaseOpsException(ErrorId.LedgerUnwritable, $"A letter of {content.Length >> 10} KiB is longer than {MostBytes >> 10} KiB.",
                "Shorten what it says.", path);
        try
        {
            DurableFile.CreateFolder(folder);
            using (var file = new FileStream(path + ".new", FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                using (var json = new Utf8JsonWriter(file, Writing))
                {
                    json.WriteStartObject();
                    json.WriteString("type", type);
                    json.WritePropertyName("data");
                    json.WriteRawValue(content.Span, skipInputValidation: true);
                    json.WriteEndObject();
                }
                DurableFile.Flush(file.SafeFileHandle);
            }
            File.Move(path + ".new", path);
            DurableFile.FlushFolder(folder);
        }
        catch (Exception error) when (LedgerErrors.IsFileError(error))
        {
            throw LedgerErrors.Unwritable(path, error);
        }
    }

    /// <summary>The letters that wait, oldest first; at most 1,000 at a time. What isn't a letter is set aside as <c>*.bad</c>.</summary>
    /// <param name="releaseFolder">The release's folder.</param>
    public static IReadOnlyList<Letter> Waiting(string releaseFolder) => Waiting(releaseFolder, MostLetters, needsAll: false);

    /// <summary>All letters that wait, for who would be wrong where one was missed.</summary>
    /// <param name="releaseFolder">The release's folder.</param>
    /// <exception cref="ReleaseOpsException">FileUnreadable: one is there, and can't be read.</exception>
    internal static IReadOnlyList<Letter> All(string releaseFolder) => Waiting(releaseFolder, int.MaxValue, needsAll: true);

    private static List<Letter> Waiting(string releaseFolder, int most, bool needsAll)
    {
        var folder = Path.Combine(releaseFolder, FolderName);
        if (!Directory.Exists(folder))
            return [];
        var letters = new List<Letter>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Take(most))
        {
            try
            {
                if (TryRead(path) is { } letter)
                    letters.Add(letter);
                else
                    SetAside(path);
            }
            catch (FileNotFoundException)
            {
                // Its owner has recorded it meanwhile.
            }
            catch (Exception error) when (LedgerErrors.IsFileError(error))
            {
                // What can't be read just now (too many open files, rights) is no less a letter: it stays.
                if (needsAll)
                    throw LedgerErrors.Unreadable(path, error);
            }
        }
        return letters;
    }

    /// <summary>Takes a letter away, after it was recorded.</summary>
    /// <param name="releaseFolder">The release's folder.</param>
    /// <param name="letter">The letter.</param>
    public static void Remove(string releaseFolder, Letter letter)
    {
        try
        {
            File.Delete(Path.Combine(releaseFolder, FolderName, letter.Id + ".json"));
        }
        catch (Exception error) when (LedgerErrors.IsFileError(error))
        {
            // It is recorded; read again, it will be known by its id.
        }
    }

    /// <summary>Sets a letter aside that says nothing which can be understood: it stays as <c>*.bad</c>.</summary>
    /// <param name="releaseFolder">The release's folder.</param>
    /// <param name="letter">The letter.</param>
    public static void SetAside(string releaseFolder, Letter letter) => SetAside(Path.Combine(releaseFolder, FolderName, letter.Id + ".json"));

    /// <summary>Reads a letter; null where it is none. What can't be read at all is its caller's.</summary>
    private static Letter? TryRead(string path)
    {
        try
        {
            if (FileSize.Of(path) > MostBytes)
                return null;
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                && root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
                ? new Letter(Path.GetFileNameWithoutExtension(path), type.GetString()!, data.Clone())
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void SetAside(string path)
    {
        try
        {
            File.Move(path, path + ".bad", overwrite: true);
        }
        catch (Exception error) when (LedgerErrors.IsFileError(error))
        {
            // Somebody else's doing; the next look tries again.
        }
    }
}
