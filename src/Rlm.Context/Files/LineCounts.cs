using Rlm.Context.Search;

namespace Rlm.Context.Files;

/// <summary>
/// Line counts of whole files. Exact where all the files asked for hold at most 100 MB (one pass over them, kept by file version), else an estimate.
/// </summary>
public sealed class LineCounts
{
    private const long MaxExactBytes = 100_000_000;

    private readonly ContextStore _store;
    private readonly Dictionary<RepoPath, (FileStamp Stamp, int Lines)> _kept = [];

    internal LineCounts(ContextStore store) => _store = store;

    /// <summary>
    /// Lines of each file, in order, or null when counting them would take too long: then take bytes / 36 and say that it is an estimate.
    /// </summary>
    public int[]? Of(ReadOnlyMemory<FileEntry> files, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        long bytes = 0;
        foreach (var file in files.Span) bytes += file.Stamp.Bytes;
        if (bytes > MaxExactBytes) return null;
        var lines = new int[files.Length];
        var missing = new List<int>();
        lock (_kept)
            for (var index = 0; index < lines.Length; index++)
                if (_kept.TryGetValue(files.Span[index].Path, out var kept) && kept.Stamp == files.Span[index].Stamp) lines[index] = kept.Lines;
                else missing.Add(index);
        ParallelFiles.Run(missing.Count, progress, "counting lines", cancellationToken, () => new ScanBuffers(), (at, buffers) =>
            lines[missing[at]] = Count(files.Span[missing[at]], buffers));
        lock (_kept)
            foreach (var index in missing) _kept[files.Span[index].Path] = (files.Span[index].Stamp, lines[index]);
        return lines;
    }

    private int Count(FileEntry file, ScanBuffers buffers)
    {
        try
        {
            if (file.IsLarge) return _store.Open(file.Path, CancellationToken.None).LineCount;
            return CountLines(buffers.Read(_store.Reader, file.Path));
        }
        catch (Exception gone) when (gone is IOException or ContextException)
        {
            return 0; // gone since the snapshot
        }
    }

    private static int CountLines(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return FileText.Decode(bytes).Lines.Count;
        return System.MemoryExtensions.Count(bytes, (byte)'\n') + (bytes.Length > 0 && bytes[^1] != '\n' ? 1 : 0);
    }
}
