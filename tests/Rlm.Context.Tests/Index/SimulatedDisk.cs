using Rlm.Context.Index.Storage;

namespace Rlm.Context.Tests.Index;

/// <summary>
/// A folder that can fail its N-th operation, once or from then on, and can lose power: then each change of names since the last folder sync happened or not,
/// and of each file there is what was synced and perhaps some of the rest, right or as zeros. Operations are recorded; those left out by name are done without effect.
/// </summary>
internal sealed class SimulatedDisk : IIndexFiles
{
    private readonly Lock _gate = new();
    private readonly List<(string Operation, string Name, string Other, Content? Content)> _pending = [];
    private readonly HashSet<string> _locks = [];
    private Dictionary<string, Content> _names = [], _durable = [];

    public List<string> Calls { get; } = [];

    /// <summary>The operation that fails, from 0; negative for none.</summary>
    public int FailAt { get; set; } = -1;

    public bool FailsForEver { get; set; }

    /// <summary>How many bytes all files together may have.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Whether a write has found no room.</summary>
    public bool WasFull { get; private set; }

    /// <summary>How many bytes all files together have.</summary>
    public long Used => _names.Values.Sum(content => (long)content.Bytes.Count);

    /// <summary>A call (by its place among the calls of that name) that does nothing: <c>sync segment</c>, <c>sync folder</c> …</summary>
    public (string Name, int Place)? Omitted { get; set; }

    /// <summary>What happens just before a call.</summary>
    public Action<string>? Before { get; set; }

    public int Operations { get; private set; }

    public int OpenFiles { get; private set; }

    public IReadOnlyList<string> List() => Do("list", () => _names.Keys.ToArray());

    public IIndexFile? Open(string name) => Do("open " + Kind(name), () => _names.TryGetValue(name, out var content) ? new Reading(this, content) : null);

    public IIndexOutput Create(string name) => Do("create " + Kind(name), () =>
    {
        var content = new Content();
        _names[name] = content;
        _pending.Add(("create", name, "", content));
        return new Writing(this, content, Kind(name));
    });

    public void Rename(string from, string to) => Do("rename " + Kind(from), () =>
    {
        _names.Remove(from, out var content);
        _names[to] = content!;
        _pending.Add(("rename", from, to, content));
        return true;
    });

    public void Delete(string name)
    {
        lock (_gate)
        {
            Calls.Add("delete " + Kind(name));
            if (_names.Remove(name)) _pending.Add(("delete", name, "", null));
        }
    }

    public void SyncFolder() => Do("sync folder", () =>
    {
        if (IsOmitted("sync folder")) return true;
        foreach (var change in _pending) Apply(change, _durable);
        _pending.Clear();
        return true;
    });

    public IDisposable? TryLock(string name) => Do("lock", () => _locks.Add(name) ? new Held(this, name) : null);

    /// <summary>The disk as it may be found after the power came back.</summary>
    public SimulatedDisk AfterPowerLoss(Random random)
    {
        var disk = new SimulatedDisk();
        var names = new Dictionary<string, Content>(_durable);
        var keep = random.Next(3);
        foreach (var change in _pending)
            if (keep == 2 || (keep == 1 && random.Next(2) == 0)) Apply(change, names);
        foreach (var (name, content) in names) disk._names[name] = disk._durable[name] = content.AfterPowerLoss(random);
        return disk;
    }

    /// <summary>All files, to be changed at will.</summary>
    public IEnumerable<string> Names => _names.Keys;

    public byte[] BytesOf(string name) => [.. _names[name].Bytes];

    /// <summary>A copy in which one file has other bytes.</summary>
    public SimulatedDisk With(string name, byte[]? bytes)
    {
        var disk = new SimulatedDisk();
        foreach (var (other, content) in _names)
            if (other != name) disk._names[other] = content;
            else if (bytes is not null) disk._names[other] = new() { Bytes = [.. bytes] };
        return disk;
    }

    private static string Kind(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static void Apply((string Operation, string Name, string Other, Content? Content) change, Dictionary<string, Content> names)
    {
        if (change.Operation != "create") names.Remove(change.Name);
        if (change.Operation == "create") names[change.Name] = change.Content!;
        if (change.Operation == "rename") names[change.Other] = change.Content!;
    }

    private T Do<T>(string call, Func<T> action)
    {
        Before?.Invoke(call);
        lock (_gate)
        {
            Step(call);
            return action();
        }
    }

    private void Step(string call)
    {
        Calls.Add(call);
        var number = Operations++;
        if (FailAt >= 0 && (number == FailAt || (FailsForEver && number > FailAt))) throw new IOException("simulated");
    }

    private bool IsOmitted(string call) => Omitted is { } omitted && omitted.Name == call && Calls.Count(one => one == call) == omitted.Place + 1;

    private sealed class Content
    {
        public List<byte> Bytes { get; init; } = [];

        public byte[] Durable { get; set; } = [];

        public Content AfterPowerLoss(Random random)
        {
            var kept = random.Next(Durable.Length, Bytes.Count + 1);
            byte[] bytes = [.. Durable, .. Bytes.Skip(Durable.Length).Take(kept - Durable.Length).Select(value => random.Next(3) == 0 ? (byte)0 : value)];
            return new() { Bytes = [.. bytes], Durable = bytes };
        }
    }

    private sealed class Reading : IIndexFile
    {
        private readonly SimulatedDisk _disk;
        private readonly Content _content;

        public Reading(SimulatedDisk disk, Content content) => (_disk, _content, _) = (disk, content, disk.OpenFiles++);

        public long Length => _content.Bytes.Count;

        public int Read(Span<byte> buffer, long offset)
        {
            lock (_disk._gate)
            {
                _disk.Step("read");
                var count = (int)Math.Clamp(_content.Bytes.Count - offset, 0, buffer.Length);
                System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_content.Bytes).Slice((int)Math.Min(offset, _content.Bytes.Count), count).CopyTo(buffer);
                return count;
            }
        }

        public void Dispose() => _disk.OpenFiles--;
    }

    private sealed class Writing : IIndexOutput
    {
        private readonly SimulatedDisk _disk;
        private readonly Content _content;
        private readonly string _kind;

        public Writing(SimulatedDisk disk, Content content, string kind) => (_disk, _content, _kind, _) = (disk, content, kind, disk.OpenFiles++);

        public void Write(ReadOnlySpan<byte> bytes)
        {
            lock (_disk._gate)
            {
                if (_disk.Used + bytes.Length > _disk.Room)
                {
                    _disk.WasFull = true;
                    _content.Bytes.AddRange(bytes[..(int)Math.Max(0, _disk.Room - _disk.Used)]);
                    throw new IOException("simulated: no space left");
                }
                // A write that fails may have written something.
                _content.Bytes.AddRange(bytes[..(bytes.Length / 2)]);
                _disk.Step("write " + _kind);
                _content.Bytes.AddRange(bytes[(bytes.Length / 2)..]);
            }
        }

        public void Sync()
        {
            lock (_disk._gate)
            {
                _disk.Step("sync " + _kind);
                if (!_disk.IsOmitted("sync " + _kind)) _content.Durable = [.. _content.Bytes];
            }
        }

        public void Dispose() => _disk.OpenFiles--;
    }

    private sealed class Held(SimulatedDisk disk, string name) : IDisposable
    {
        public void Dispose() => disk._locks.Remove(name);
    }
}
