using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;
using Rlm.Context.Files.Linux;

namespace Rlm.Context.Files.Watching;

/// <summary>
/// One inotify(7) queue. The kernel puts an event there before the writing call returns, so whoever drains the queue knows of every write that ended before:
/// .NET's own watcher reads it on another thread and may be late. Events only say which folders to list again; what is in them is read through the jail.
/// Safe for many threads at once.
/// <code>
/// using var watch = FolderWatch.TryOpen(out var fault);
/// Walker.Walk(root, options, previous, DirtyFolders.Everything, watch, …); // adds a watch to each folder before it lists it
/// var dirty = watch.Take();                                                // later: which folders to walk again
/// </code>
/// </summary>
internal sealed unsafe class FolderWatch : IDisposable
{
    /// <summary>Ignored folders beyond this many are not watched: the count of ignored files in them is as old as the last full walk.</summary>
    public const int MaxIgnored = 10_000;

    private const uint NameEvents = WatchCalls.Created | WatchCalls.Deleted | WatchCalls.MovedFrom | WatchCalls.MovedTo | WatchCalls.AttributesChanged;
    private const uint AllEvents = NameEvents | WatchCalls.Modified | WatchCalls.ClosedAfterWriting;

    private readonly Lock _gate = new();
    private readonly SafeFileHandle _queue;
    private readonly WatchTable _table = new();
    private readonly byte[] _buffer = new byte[1 << 16];
    private DirtyFolders _pending = new();
    private DirtyFolders? _recorded;

    private FolderWatch(int queue) => _queue = new(queue, ownsHandle: true);

    /// <summary>Why it can no longer be believed; null as long as it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>How many watches it holds.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _table.Count;
        }
    }

    /// <summary>Null, with the reason, where there is none to be had.</summary>
    public static FolderWatch? TryOpen(RootFolder root, out string fault)
    {
        fault = "this system has no inotify";
        if (root is not LinuxRootFolder) return null;
        var queue = WatchCalls.Open();
        if (queue >= 0) return new(queue);
        if (LinuxCalls.Error == WatchCalls.InstancesSpent) fault = "no further watcher is allowed (fs.inotify.max_user_instances)";
        return null;
    }

    /// <summary>Watches an open folder. To be called before it is listed, so that nothing falls between the listing and the watch.</summary>
    public void Add(string folder, int descriptor, WatchRole role)
    {
        // Named by its descriptor: what is watched is what is listed, also when a folder on the way is swapped meanwhile.
        if (role == WatchRole.Ignored) Add(folder, $"/proc/self/fd/{descriptor}", role, NameEvents);
        else if (!LocalFileSystems.Has(WatchCalls.FileSystemOf(descriptor))) Fail("a folder lies on a file system that may change unseen (network, FUSE)");
        else if (!Add(folder, $"/proc/self/fd/{descriptor}", role, AllEvents)) FailToAdd();
    }

    /// <summary>Watches what decides about <c>.git/info/exclude</c> in an open folder.</summary>
    public void AddRepository(string folder, int descriptor)
    {
        var git = $"/proc/self/fd/{descriptor}/.git";
        Add(folder, git, WatchRole.Repository, NameEvents | WatchCalls.DoNotFollow);
        Add(folder, git + "/info", WatchRole.RepositoryInfo, AllEvents | WatchCalls.DoNotFollow);
    }

    /// <summary>Reads what has happened into memory, so that the queue does not run over while nobody asks.</summary>
    public void Drain()
    {
        lock (_gate) ReadQueue();
    }

    /// <summary>All folders in which anything happened up to now and since the last time.</summary>
    public DirtyFolders Take()
    {
        lock (_gate)
        {
            ReadQueue();
            var taken = _pending;
            _pending = new();
            return taken;
        }
    }

    /// <summary>Gives back what was taken and not used.</summary>
    public void PutBack(DirtyFolders dirty)
    {
        lock (_gate) _pending.AddFrom(dirty);
    }

    /// <summary>From now on also keeps apart all that happens, for a walk that takes its time.</summary>
    public void StartRecording()
    {
        lock (_gate)
        {
            ReadQueue();
            _recorded = new();
        }
    }

    /// <summary>All folders in which anything happened since the recording began, taken or not; what was pending before is dropped, since the walk has seen it.</summary>
    public DirtyFolders StopRecording()
    {
        lock (_gate)
        {
            ReadQueue();
            var recorded = _recorded ?? DirtyFolders.Everything;
            _recorded = null;
            _pending = new();
            return recorded;
        }
    }

    /// <summary>Ends the watches on folders that are not in the tree any more.</summary>
    public void KeepOnly(IReadOnlySet<string> folders)
    {
        lock (_gate)
        {
            if (_queue.IsClosed) return;
            using var queue = new LinuxRootFolder.Hold(_queue);
            foreach (var watch in _table.KeepOnly(folders)) _ = WatchCalls.Remove(queue.Descriptor, watch);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _queue.Dispose();
    }

    private bool Add(string folder, string path, WatchRole role, uint mask)
    {
        // Under the lock, so that no event is read before its number is known.
        lock (_gate)
        {
            if (_queue.IsClosed || Fault is not null) return true;
            if (role == WatchRole.Ignored && _table.IgnoredCount >= MaxIgnored) return false;
            using var queue = new LinuxRootFolder.Hold(_queue);
            int watch;
            fixed (byte* utf8 = Encoding.UTF8.GetBytes(path + "\0")) watch = WatchCalls.Add(queue.Descriptor, utf8, mask | WatchCalls.FoldersOnly | WatchCalls.AddToMask);
            if (watch < 0) return false;
            _table.Add(watch, folder, role);
            return true;
        }
    }

    private void FailToAdd() => Fail(LinuxCalls.Error == WatchCalls.WatchesSpent
        ? "the limit of watches is reached (fs.inotify.max_user_watches)"
        : $"the system refused to watch a folder (error {LinuxCalls.Error})");

    private void Fail(string fault) => Fault ??= fault;

    private void ReadQueue()
    {
        if (_queue.IsClosed) return;
        using var queue = new LinuxRootFolder.Hold(_queue);
        int length;
        while ((length = LinuxRootFolder.ReadSome(queue.Descriptor, _buffer)) > 0)
        {
            var events = new WatchEvents(_buffer.AsSpan(0, length));
            while (events.MoveNext()) Take(events);
        }
    }

    private void Take(in WatchEvents one)
    {
        if ((one.Mask & WatchCalls.Overflowed) != 0) MarkAll();
        if ((one.Mask & WatchCalls.Unmounted) != 0) Fail("a watched file system was unmounted");
        var isEnd = (one.Mask & WatchCalls.Ended) != 0;
        foreach (var place in _table[one.Watch])
        {
            if (!isEnd) Take(place, one);
            else if (place.Folder.Length == 0 && place.Role == WatchRole.Covered) Fail("the root folder is gone");
        }
        if (isEnd) _table.Remove(one.Watch);
    }

    private void Take(WatchTable.Place place, in WatchEvents one)
    {
        var ofFolder = (one.Mask & WatchCalls.OfFolder) != 0;
        switch (place.Role)
        {
            case WatchRole.Repository when !one.Name.SequenceEqual("info"u8):
            case WatchRole.RepositoryInfo when !one.Name.IsEmpty && !one.Name.SequenceEqual("exclude"u8):
            // Files in an ignored folder are counted, whatever is in them.
            case WatchRole.Ignored when (one.Mask & (WatchCalls.Created | WatchCalls.Deleted | WatchCalls.MovedFrom | WatchCalls.MovedTo)) == 0 && !ofFolder:
                return;
            case WatchRole.Covered or WatchRole.Ignored when ofFolder && (one.Mask & (WatchCalls.Created | WatchCalls.MovedTo | WatchCalls.AttributesChanged)) != 0:
                MarkTree(place.Folder, one.Name);
                break;
        }
        Mark(place.Folder);
    }

    /// <summary>A folder came, or what one may see in it changed: nothing that is known of it holds.</summary>
    private void MarkTree(string folder, ReadOnlySpan<byte> name)
    {
        if (!Utf8.IsValid(name)) return; // such a folder is not walked
        var path = name.IsEmpty ? folder : new RepoPath(folder).Combine(Encoding.UTF8.GetString(name)).Value;
        _pending.AddTree(path);
        _recorded?.AddTree(path);
    }

    private void Mark(string folder)
    {
        _pending.Add(folder);
        _recorded?.Add(folder);
    }

    private void MarkAll()
    {
        _pending.AddAll();
        _recorded?.AddAll();
    }
}
