using System.Text.Json;
using Rlm.Recursion.Storage;

namespace Rlm.Recursion.Trajectories;

/// <summary>
/// The trajectory of one session as a file of sealed lines that only grows; entries are numbered without holes, so that a line that is missing is seen.
/// What the disk does not take stays in memory for as long as the process runs.
/// </summary>
internal sealed class TrajectoryFile(string session, PrivateFolder? folder, string name, TimeProvider time, Redactor redactor, Action<string> notKept) : TrajectoryWriter
{
    private const long MaxBytes = 1 << 30;

    private readonly Lock _gate = new();
    private readonly List<TrajectoryEntry> _inMemory = [];
    private bool _isOpen, _isFull, _isCut;
    private long _end;
    private int _lines;
    private TrajectoryEntry? _latest;

    public override TrajectoryEntry? Latest => Volatile.Read(ref _latest);

    public override TrajectoryEntry Append(TrajectoryEntry entry)
    {
        var clean = Clean(entry);
        lock (_gate)
        {
            if (!_isOpen) Open();
            clean = clean with { Seq = _lines + 1 };
            if (folder is null || _isFull || !TryWrite(folder, clean)) _inMemory.Add(clean);
            _lines++;
            _latest = clean.Kind is "limit" or "error" ? clean : clean with { Result = null };
            return clean;
        }
    }

    /// <summary>Looks again where the file ends: another process may have gone on with the session meanwhile.</summary>
    public TrajectoryFile Reopened()
    {
        lock (_gate) _isOpen = folder is null || _isFull;
        return this;
    }

    /// <summary>All that is known.</summary>
    public TrajectoryRecord Read()
    {
        lock (_gate)
        {
            var stored = TrajectoryLines.Read(Bytes(), session);
            return new([.. stored.Entries, .. _inMemory], stored.Damaged);
        }
    }

    private TrajectoryEntry Clean(TrajectoryEntry entry) => entry with
    {
        Session = session,
        At = entry.At == default ? time.GetUtcNow() : entry.At,
        Tool = entry.Tool is { } tool ? redactor.Redact(tool) : null,
        Arguments = entry.Arguments is { } arguments ? redactor.Redact(arguments) : null,
        Result = entry.Result is { } result ? redactor.Redact(result) : null,
        Handles = [.. entry.Handles.Select(redactor.Redact)],
        Note = entry.Note is { } note ? redactor.Redact(note) : null,
    };

    private void Open()
    {
        _isOpen = true;
        var bytes = Bytes();
        (_end, _lines) = (bytes.Length, TrajectoryLines.LastNumber(bytes, session));
        // What a crash cut short stays as it is: a line of its own, with the number that it took.
        _isCut = bytes.Length > 0 && bytes[^1] != '\n';
    }

    private bool TryWrite(PrivateFolder target, TrajectoryEntry entry)
    {
        byte[] line = [.. _isCut ? "\n"u8 : [], .. SealedJson.Seal(JsonSerializer.SerializeToUtf8Bytes(entry, RecursionJson.Files.TrajectoryEntry)), (byte)'\n'];
        try
        {
            target.Append(name, _end, line);
            _end += line.Length;
            _isCut = false;
            return true;
        }
        catch (IOException)
        {
            // Later entries go to memory too: the order on the disk has no holes.
            _isFull = true;
            notKept("a trajectory cannot be written");
            return false;
        }
    }

    private byte[] Bytes()
    {
        try
        {
            return folder?.Read(name, MaxBytes) ?? [];
        }
        catch (IOException)
        {
            _isFull = true;
            notKept("a trajectory cannot be read");
            return [];
        }
    }
}
