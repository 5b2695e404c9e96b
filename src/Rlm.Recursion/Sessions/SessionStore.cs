using System.Collections.Concurrent;
using Rlm.Recursion.Storage;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Sessions;

/// <summary>
/// Keeps sessions and their trajectories, one file each, readable by their owner only:
/// <code>
/// FOLDER/s-….session     FOLDER/s-….trajectory     FOLDER/s-….variables     FOLDER/s-….lock
/// </code>
/// Without a folder that can be written they live in memory. What is kept is redacted. Safe to use from many threads and processes; only who holds a session's lock should write it.
/// </summary>
public sealed class SessionStore
{
    private const long MaxBytes = 1 << 30;
    private const string StateEnding = ".session", TrajectoryEnding = ".trajectory", LockEnding = ".lock", VariablesEnding = ".variables";
    private const long MaxVariables = 64 << 20;

    private readonly PrivateFolder? _folder;
    private readonly TimeProvider _time;
    private readonly StateRedactor _redactor;
    private readonly ConcurrentDictionary<string, SessionState> _memory = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TrajectoryFile> _trajectories = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _locked = new(StringComparer.Ordinal);

    /// <summary>Keeps sessions in a folder, which is made where there is none.</summary>
    /// <param name="folder">A folder of this store's own; null keeps them in memory.</param>
    /// <param name="time">The clock of trajectories.</param>
    /// <param name="redactor">What must not be written; null for everything that looks like a secret.</param>
    public SessionStore(string? folder, TimeProvider time, Redactor? redactor = null)
    {
        (_time, Redactor) = (time, redactor ?? new Redactor([]));
        _redactor = new(Redactor);
        _folder = folder is null ? null : new(folder);
        if (_folder is null) NotKept = "no folder for sessions";
        else if (Try(_folder.Create) is { } fault)
        {
            _folder = null;
            NotKept = fault;
        }
    }

    /// <summary>Why sessions will not all survive a restart; null when they will. May change when the disk fills up.</summary>
    public string? NotKept { get; private set; }

    /// <summary>What masks secrets in everything that is written here.</summary>
    public Redactor Redactor { get; }

    /// <summary>A fresh id: 128 random bits in lower-case base 32 behind <c>s-</c>.</summary>
    public static string NewId() => SessionId.New();

    /// <summary>The session; null when there is none of this id, or its file is broken. Any text may be asked for.</summary>
    public SessionState? Load(string id)
    {
        if (!SessionId.IsValid(id)) return null;
        if (_memory.TryGetValue(id, out var state)) return state;
        return Bytes(id + StateEnding, MaxBytes) is { } file && SessionFile.Read(file) is { } kept && kept.Id == id ? kept : null;
    }

    /// <summary>Keeps the session as it is now; on the disk when this returns, or in memory where the disk takes nothing (<see cref="NotKept"/> says so then).</summary>
    /// <exception cref="ArgumentException">Its id is none.</exception>
    public void Save(SessionState state)
    {
        Check(state.Id);
        var clean = _redactor.Redact(state);
        var fault = _folder is null ? NotKept : Try(() => _folder.Replace(clean.Id + StateEnding, SessionFile.Write(clean), durable: true));
        if (fault is null) _memory.TryRemove(clean.Id, out _);
        else (NotKept, _memory[clean.Id]) = (fault, clean);
    }

    /// <summary>Keeps the variables of a session's programs; where the disk takes nothing they go with the process.</summary>
    /// <exception cref="ArgumentException">Its id is none.</exception>
    public void SaveVariables(string id, byte[] file)
    {
        Check(id);
        if (_folder is not null && Try(() => _folder.Replace(id + VariablesEnding, file, durable: false)) is { } fault) NotKept = fault;
    }

    /// <summary>What <see cref="SaveVariables"/> kept; null when there is nothing.</summary>
    public byte[]? LoadVariables(string id) => SessionId.IsValid(id) ? Bytes(id + VariablesEnding, MaxVariables) : null;

    /// <summary>Deletes what is kept of a session.</summary>
    /// <exception cref="ArgumentException">Its id is none.</exception>
    public void Forget(string id)
    {
        Check(id);
        _memory.TryRemove(id, out _);
        _trajectories.TryRemove(id, out _);
        foreach (var ending in (string[])[StateEnding, TrajectoryEnding, LockEnding, VariablesEnding])
            if (_folder is not null) Try(() => _folder.Delete(id + ending));
    }

    /// <summary>All sessions; reads the beginning of each file.</summary>
    public SessionList All()
    {
        var found = _memory.Values.ToDictionary(state => state.Id, SessionSummary.Of);
        var broken = 0;
        foreach (var name in Files().Select(file => file.Name).Where(name => name.EndsWith(StateEnding, StringComparison.Ordinal)))
        {
            var id = name[..^StateEnding.Length];
            if (found.ContainsKey(id)) continue;
            if (Bytes(name, SessionFile.SummaryBytes) is { } file && SessionFile.ReadSummary(file) is { } summary && summary.Id == id) found[id] = summary;
            else broken++;
        }
        return new([.. found.Values.OrderByDescending(summary => summary.Started).ThenBy(summary => summary.Id, StringComparer.Ordinal)], broken);
    }

    /// <summary>The trajectory of a session, to be written on by who holds its lock: numbering goes on where it ended. The same object for the same id.</summary>
    /// <exception cref="ArgumentException">The id is none.</exception>
    public TrajectoryWriter OpenTrajectory(string id)
    {
        Check(id);
        return _trajectories.GetOrAdd(id, NewTrajectory).Reopened();
    }

    /// <summary>What a session did so far, in order; empty when nothing is known of it. Any text may be asked for.</summary>
    public TrajectoryRecord ReadTrajectory(string id)
    {
        if (!SessionId.IsValid(id)) return TrajectoryRecord.Empty;
        return _trajectories.TryGetValue(id, out var open) ? open.Read() : NewTrajectory(id).Read();
    }

    /// <summary>Takes the right to run a session; null while someone else has it, here or in another process. A process that ends, however it ends, leaves no lock behind.</summary>
    /// <exception cref="ArgumentException">The id is none.</exception>
    public IDisposable? TryLock(string id)
    {
        Check(id);
        if (!_locked.TryAdd(id, 0)) return null;
        IDisposable? file = null;
        // A disk that refuses keeps no sessions either, so no other process can run this one.
        var fault = _folder is null ? NotKept : Try(() => file = _folder.TryLock(id + LockEnding));
        if (file is not null || fault is not null) return new SessionLock(file, () => _locked.TryRemove(id, out _));
        _locked.TryRemove(id, out _);
        return null;
    }

    /// <summary>Deletes whole sessions, the longest untouched first, until the rest fit; those that someone runs stay.</summary>
    /// <param name="maxBytes">So much at most, all files together.</param>
    /// <returns>The sessions deleted.</returns>
    public int Trim(long maxBytes)
    {
        var sessions = Files().Where(file => SessionId.IsValid(IdOf(file))).GroupBy(IdOf).OrderBy(files => files.Max(file => file.Written)).ThenBy(files => files.Key, StringComparer.Ordinal).ToArray();
        var (bytes, deleted) = (sessions.Sum(files => files.Sum(file => file.Bytes)), 0);
        foreach (var files in sessions)
        {
            if (bytes <= maxBytes) break;
            using var held = TryLock(files.Key);
            if (held is null || files.Any(file => Try(() => _folder!.Delete(file.Name)) is not null)) continue;
            bytes -= files.Sum(file => file.Bytes);
            deleted++;
        }
        return deleted;
    }

    private static string IdOf(StoredFile file) => Path.GetFileNameWithoutExtension(file.Name);

    private TrajectoryFile NewTrajectory(string id) => new(id, _folder, id + TrajectoryEnding, _time, Redactor, fault => NotKept = fault);

    private static void Check(string id)
    {
        if (!SessionId.IsValid(id)) throw new ArgumentException("No session has such an id.", nameof(id));
    }

    private byte[]? Bytes(string name, long most)
    {
        byte[]? bytes = null;
        if (_folder is not null) Try(() => bytes = _folder.Read(name, most));
        return bytes;
    }

    private IReadOnlyList<StoredFile> Files()
    {
        IReadOnlyList<StoredFile> files = [];
        if (_folder is not null) Try(() => files = _folder.List());
        return files;
    }

    private static string? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (IOException)
        {
            // The system's own message names paths, which are nobody's business here.
            return "the folder for sessions cannot be written";
        }
    }
}
