using System.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Slices;

/// <summary>
/// Remembers which symbol stood at the handles given out, so that a handle whose text was edited can be followed to that symbol, also after a restart.
/// A bounded log in the cache folder; a handle that has left it is followed by content alone.
/// </summary>
public sealed class HandleJournal
{
    private const int MaxPerAnswer = 500;
    private const long MaxFileBytes = 2 << 20;

    // A symbol named by half a surrogate pair must not end the answer; it is followed by content alone after a restart.
    private static readonly Encoding Lossy = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private readonly string? _folder;
    private readonly Lock _gate = new();
    private Dictionary<string, string> _recent = new(StringComparer.Ordinal);

    internal HandleJournal(string? folder) => _folder = folder;

    /// <summary>Notes handles with the path of the symbol (inside the file) that encloses them. Failing to write is no fault: it is derived data.</summary>
    public void Remember(IEnumerable<(Handle Handle, string Symbol)> handles)
    {
        var lines = new StringBuilder();
        lock (_gate)
        {
            foreach (var (handle, symbol) in handles.Take(MaxPerAnswer))
            {
                var key = handle.ToString();
                if (key.Contains('\n') || symbol.Contains('\n') || !_recent.TryAdd(key, symbol)) continue;
                lines.Append(key).Append('\t').Append(symbol).Append('\n');
            }
            if (_recent.Count > 50_000) _recent = new(StringComparer.Ordinal);
            if (lines.Length > 0 && _folder is not null) Append(lines.ToString());
        }
    }

    /// <summary>The symbol path that stood at a handle, or null when that is not known.</summary>
    public string? Recall(Handle handle)
    {
        var key = handle.ToString();
        lock (_gate)
            if (_recent.TryGetValue(key, out var symbol)) return symbol;
        return _folder is null ? null : Look(Current, key) ?? Look(Previous, key);
    }

    private string Current => Path.Combine(_folder!, "current.log");

    private string Previous => Path.Combine(_folder!, "previous.log");

    private void Append(string lines)
    {
        try
        {
            Directory.CreateDirectory(_folder!);
            if (new FileInfo(Current) is { Exists: true, Length: > MaxFileBytes }) File.Move(Current, Previous, overwrite: true);
            File.AppendAllText(Current, lines, Lossy);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string? Look(string file, string key)
    {
        try
        {
            string? found = null;
            foreach (var line in File.ReadLines(file))
                if (line.StartsWith(key, StringComparison.Ordinal) && line.Length > key.Length && line[key.Length] == '\t') found = line[(key.Length + 1)..];
            return found;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
