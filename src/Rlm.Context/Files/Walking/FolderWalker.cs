using System.Buffers;
using System.Text;
using Rlm.Context.Files.Ignore;
using Rlm.Context.Files.Watching;

namespace Rlm.Context.Files.Walking;

/// <summary>One worker's tools for walking folders one after another; nothing is allocated per file but its entry and path.</summary>
internal sealed class FolderWalker(WalkRun run) : IDisposable
{
    private readonly FolderScanner _scanner = run.Root.NewScanner();
    private readonly byte[] _head = new byte[TextSniffer.HeadBytes];
    private readonly ArrayBufferWriter<byte> _scratch = new(1 << 14);
    private readonly List<FolderJob> _below = [];
    private readonly List<IKnownEntry> _known = [];
    private readonly List<FileEntry> _files = [];
    private readonly List<FolderRecord> _folders = [];
    private char[] _path = new char[4096];
    private int _prefix, _descriptor;

    private FolderJob _job;
    private FolderRecord _record = null!;
    private bool _sameRules;
    private bool _isSame;
    private int _cursor;

    /// <summary>Walks one folder into its record and hands the folders below to the run.</summary>
    public void Walk(FolderJob job)
    {
        _below.Clear();
        if (!job.IsWhole && job.Before is { } before && !run.Dirty.Has(before.Path.Value)) Renew(job, before);
        else if (job.Record.IsIgnored) CountIgnored(job);
        else WalkCovered(job);
        run.Push(_below);
    }

    public void Dispose() => _scanner.Dispose();

    /// <summary>Only something below it needs a look.</summary>
    private void Renew(FolderJob job, FolderRecord before)
    {
        job.Record.FillFrom(before, run.MustWalk);
        for (var i = 0; i < before.Folders.Length; i++)
            if (run.MustWalk(before.Folders[i])) _below.Add(Below(job, job.Record.Folders[i], before.Folders[i], job.Record.Rules, isWhole: false));
    }

    private FolderJob Below(FolderJob job, FolderRecord folder, FolderRecord? before, IgnoreChain? rules, bool isWhole) =>
        new(folder, before, rules, job.Depth + 1, isWhole || job.IsWhole || run.Dirty.HasTree(folder.Path.Value));

    private void WalkCovered(FolderJob job)
    {
        Begin(job);
        if (!TryOpen()) return;
        var names = FindIgnoreNames();
        if (names.HasFlag(IgnoreNames.Repository)) SeeRepository();
        _record.Rules = IgnoreChain.Extend(job.Rules, names, run.Root, _record.Path, job.Before?.Rules);
        _sameRules = job.Before is not null && job.Before.Rules == _record.Rules;
        _isSame = _sameRules;
        _record.Entries = _scanner.Count;
        if (run.Admits(_record, job.Before)) DecideAll();
        else SkipAll();
        Finish();
    }

    private void Begin(FolderJob job)
    {
        (_job, _record, _cursor) = (job, job.Record, 0);
        _known.Clear();
        _files.Clear();
        _folders.Clear();
        var path = _record.Path.Value;
        EnsurePath(path.Length + 1 + FolderScanner.MaxNameBytes);
        path.CopyTo(_path);
        _prefix = path.Length;
        if (_prefix > 0) _path[_prefix++] = '/';
    }

    private bool TryOpen()
    {
        try
        {
            Open(_record);
            return true;
        }
        catch (RootAccessException refusal) when (!_record.Path.IsRoot)
        {
            if (_job.Before is { Known.Length: > 0 }) run.HasChanged = true;
            // Gone or exchanged since its parent was listed: the next walk will see.
            _record.MustBeSeenAgain = refusal.Fault == RootAccessFault.Denied;
            if (_record.MustBeSeenAgain) _record.SkipItself(SkipReason.Unreadable);
            return false;
        }
    }

    private void Open(FolderRecord folder)
    {
        folder.ListedAt = TimeProvider.System.GetUtcNow(); // to be compared with the kernel's times, whatever clock the operator chose
        _scanner.Open(folder.Path, run.Watch is null ? null : descriptor =>
        {
            _descriptor = descriptor;
            run.Watch.Add(folder.Path.Value, descriptor, folder.IsIgnored ? WatchRole.Ignored : WatchRole.Covered);
        });
    }

    /// <summary>Ignore rules that come through a link change without an event in this folder.</summary>
    private void SeeRepository()
    {
        run.Watch?.AddRepository(_record.Path.Value, _descriptor);
        var info = _record.Path.Combine(".git").Combine("info");
        if (run.Root.KindOf(info) == EntryKind.Link || run.Root.KindOf(info.Combine("exclude")) == EntryKind.Link) _record.MustBeSeenAgain = true;
    }

    private IgnoreNames FindIgnoreNames()
    {
        var found = IgnoreNames.None;
        for (var entry = 0; entry < _scanner.Count; entry++)
        {
            var name = _scanner.NameOf(entry);
            if (name.Length < 4 || name[0] != '.') continue;
            if (name.SequenceEqual(".gitignore"u8)) found |= IgnoreNames.GitIgnore;
            else if (name.SequenceEqual(".rlmignore"u8)) found |= IgnoreNames.RlmIgnore;
            else if (name.SequenceEqual(".git"u8)) found |= IgnoreNames.Repository;
            else continue;
            _record.MustBeSeenAgain |= _scanner.KindOf(entry) == EntryKind.Link;
        }
        return found;
    }

    private void DecideAll()
    {
        for (var entry = 0; entry < _scanner.Count; entry++)
        {
            if (_scanner.NameOf(entry).SequenceEqual(".git"u8)) continue;
            if (_scanner.TryDecode(entry, _path.AsSpan(_prefix), out var length) && !IsTooLong(entry)) Decide(entry, length);
            else Skip(IsTooLong(entry) ? SkipReason.TooDeep : SkipReason.BadName, FolderScanner.EscapeBytes(_scanner.NameOf(entry)));
        }
    }

    /// <summary>A path that could not be opened from the root.</summary>
    private bool IsTooLong(int entry) =>
        _prefix + _scanner.NameOf(entry).Length > PathText.MaxBytes / 3 &&
        Encoding.UTF8.GetByteCount(_path.AsSpan(0, _prefix)) + _scanner.NameOf(entry).Length > PathText.MaxBytes;

    private void SkipAll()
    {
        _isSame = false;
        for (var entry = 0; entry < _scanner.Count; entry++)
            if (!_scanner.NameOf(entry).SequenceEqual(".git"u8)) _record.Skip(SkipReason.TooDeep);
    }

    private void Decide(int entry, int length)
    {
        var name = _path.AsSpan(_prefix, length);
        var known = _job.Before?.Recall(name, ref _cursor);
        switch (_scanner.KindOf(entry))
        {
            case EntryKind.Folder: DecideFolder(name, known); break;
            case EntryKind.File: DecideFile(entry, name, known); break;
            case var kind: DecideOther(name, kind); break;
        }
    }

    private void DecideFolder(ReadOnlySpan<char> name, IKnownEntry? known)
    {
        var before = known as FolderRecord;
        var isIgnored = before is not null && _sameRules ? before.IsIgnored : IsIgnored(name, isFolder: true);
        if (before?.IsIgnored != isIgnored) before = null;
        if (!isIgnored && _job.Depth >= Walker.MaxDepth) Skip(SkipReason.TooDeep, NameEscaping.Escape(name.ToString()));
        else AddFolder(name, before, isIgnored);
    }

    private void AddFolder(ReadOnlySpan<char> name, FolderRecord? before, bool isIgnored)
    {
        var isKept = before is not null && _sameRules && !_job.IsWhole && !run.MustWalk(before);
        var folder = isKept ? before! : new FolderRecord(before?.Path ?? new(FullPath(name))) { IsIgnored = isIgnored };
        Remember(folder, isSame: before is not null);
        _folders.Add(folder);
        if (!isKept) _below.Add(Below(_job, folder, before, _record.Rules, isWhole: !_sameRules));
    }

    private void DecideFile(int entry, ReadOnlySpan<char> name, IKnownEntry? known)
    {
        // What was covered or binary before still is, as long as the rules are the same.
        var isDecided = _sameRules && known is FileEntry or KnownBinary;
        if (!isDecided && IsRefusedSecret(name)) Skip(SkipReason.Secret, NameEscaping.Escape(name.ToString()));
        else if (!isDecided && IsIgnored(name, isFolder: false)) Skip(SkipReason.Ignored);
        else if (known is FileEntry or KnownBinary && IsUnchanged(entry, known)) Keep(known);
        else Sniff(entry, name, known);
    }

    private void DecideOther(ReadOnlySpan<char> name, EntryKind kind)
    {
        if (IsIgnored(name, isFolder: false)) Skip(SkipReason.Ignored);
        else if (kind == EntryKind.Link) Skip(SkipReason.Link);
        else Skip(SkipReason.Special, NameEscaping.Escape(name.ToString()));
    }

    private bool IsUnchanged(int entry, IKnownEntry known) =>
        _scanner.Stat(entry, out var stamp) is null && stamp == (known is FileEntry file ? file.Stamp : ((KnownBinary)known).Stamp)
        && stamp.IsSettled(_job.Before!.ListedAt);

    private void Keep(IKnownEntry known)
    {
        Remember(known, isSame: true);
        if (known is FileEntry file) _files.Add(file);
        else _record.Skip(SkipReason.Binary);
    }

    private void Sniff(int entry, ReadOnlySpan<char> name, IKnownEntry? known)
    {
        var read = _scanner.ReadHead(entry, _head, out var stamp, out var fault);
        if (read < 0)
        {
            SkipUnopened(name, fault);
            return;
        }
        var path = known?.FullPath ?? FullPath(name);
        if (TextSniffer.IsBinary(_head.AsSpan(0, read)))
        {
            Remember(new KnownBinary(path, stamp), isSame: known is KnownBinary);
            _record.Skip(SkipReason.Binary);
            return;
        }
        var file = new FileEntry(new(path), stamp, Languages.OfFileName(name), stamp.Bytes > run.Options.MaxFileBytes);
        if (file.Equals(known))
        {
            Keep(known);
            return;
        }
        Remember(file, isSame: false);
        _files.Add(file);
    }

    private void SkipUnopened(ReadOnlySpan<char> name, RootAccessFault fault)
    {
        _isSame = false;
        if (fault == RootAccessFault.NotFound) return; // gone, or exchanged for a link, since the folder was listed
        _record.MustBeSeenAgain |= fault == RootAccessFault.Denied;
        Skip(fault == RootAccessFault.Denied ? SkipReason.Unreadable : SkipReason.Special, NameEscaping.Escape(name.ToString()));
    }

    private bool IsIgnored(ReadOnlySpan<char> name, bool isFolder) =>
        _record.Rules is { } rules && rules.Ignores(_path.AsSpan(0, _prefix + name.Length), isFolder);

    private bool IsRefusedSecret(ReadOnlySpan<char> name) =>
        SecretFiles.IsSecretPath(_path.AsSpan(0, _prefix + name.Length)) && SecretFiles.IsRefused(new(FullPath(name)), run.Options);

    private void Remember(IKnownEntry entry, bool isSame)
    {
        _known.Add(entry);
        _isSame &= isSame;
    }

    private void Skip(SkipReason reason) => _record.Skip(reason);

    private void Skip(SkipReason reason, string name) => _record.Skip(reason, name);

    private string FullPath(ReadOnlySpan<char> name) => new(_path, 0, _prefix + name.Length);

    private void Finish()
    {
        _record.Known = [.. _known];
        _isSame &= _job.Before is { } before && before.Known.Length == _known.Count;
        if (!_isSame) run.HasChanged = true;
        SortFolders();
        TakeFiles();
        run.Report(_files.Count);
    }

    private void SortFolders()
    {
        if (_folders.Count > 1) _folders.Sort((left, right) => PathOrder.CompareFolders(left.Path.Value, right.Path.Value));
        _record.Folders = [.. _folders];
    }

    private void TakeFiles()
    {
        if (_isSame)
        {
            (_record.Files, _record.Digest) = (_job.Before!.Files, _job.Before.Digest);
            return;
        }
        if (_files.Count > 1) _files.Sort((left, right) => string.CompareOrdinal(left.Path.Value, right.Path.Value));
        _record.Files = [.. _files];
        if (_files.Count > 0) _record.Digest = VersionHash.OfFolder(_record.Files, _scratch);
    }

    /// <summary>Everything in an ignored folder that is no folder counts as an ignored file; nothing is opened.</summary>
    private void CountIgnored(FolderJob job)
    {
        Begin(job);
        try
        {
            Open(_record);
        }
        catch (RootAccessException refusal)
        {
            _record.IsLowerBound = true;
            _record.MustBeSeenAgain = refusal.Fault == RootAccessFault.Denied;
            return;
        }
        _record.Entries = _scanner.Count;
        if (run.AdmitsIgnored(_record, job.Before)) CountIgnoredEntries();
        else _record.IsLowerBound = true;
        _record.Known = [.. _known];
        SortFolders();
    }

    private void CountIgnoredEntries()
    {
        var files = 0;
        _sameRules = true; // none are asked in here
        for (var entry = 0; entry < _scanner.Count; entry++)
        {
            if (_scanner.NameOf(entry).SequenceEqual(".git"u8)) continue;
            if (_scanner.KindOf(entry) != EntryKind.Folder) files++;
            else if (_job.Depth < Walker.MaxDepth && !IsTooLong(entry) && _scanner.TryDecode(entry, _path.AsSpan(_prefix), out var length))
                AddFolder(_path.AsSpan(_prefix, length), _job.Before?.Recall(_path.AsSpan(_prefix, length), ref _cursor) as FolderRecord, isIgnored: true);
            else _record.IsLowerBound = true;
        }
        if (files > 0) _record.Skip(SkipReason.Ignored, files);
    }

    private void EnsurePath(int length)
    {
        if (_path.Length < length) _path = new char[length * 2];
    }
}
