using System.Runtime.InteropServices;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Scopes;

namespace Rlm.Context.Search;

/// <summary>A scope laid beside a view of the index: places in the scope's files and places in the snapshot's.</summary>
internal sealed class ScopeFiles
{
    // Null: the scope is this stretch of the snapshot's files.
    private readonly int[]? _inSnapshot, _inScope;
    private readonly int _offset, _count;

    private ScopeFiles(int[]? inSnapshot, int[]? inScope, int offset, int count) => (_inSnapshot, _inScope, _offset, _count) = (inSnapshot, inScope, offset, count);

    /// <summary>O(1) for the whole snapshot or a folder of it, else a walk along both.</summary>
    public static ScopeFiles Of(IndexView view, Scope scope)
    {
        var all = view.Snapshot.Files;
        var files = scope.Files.Span;
        if (files.IsEmpty) return new(null, null, 0, 0);
        if (MemoryMarshal.TryGetArray(scope.Files, out var segment) && segment.Array == ImmutableCollectionsMarshal.AsArray(all)) return new(null, null, segment.Offset, segment.Count);
        var inSnapshot = new int[files.Length];
        var inScope = new int[all.Length];
        Array.Fill(inScope, -1);
        for (int place = 0, at = 0; place < files.Length; place++)
        {
            while (at < all.Length && all[at].Path.CompareTo(files[place].Path) < 0) at++;
            // The scope may be of another snapshot than the view: only the same version counts.
            inSnapshot[place] = at < all.Length && (ReferenceEquals(all[at], files[place]) || all[at] == files[place]) ? at : -1;
            if (inSnapshot[place] >= 0) inScope[at] = place;
        }
        return new(inSnapshot, inScope, 0, files.Length);
    }

    /// <summary>Whether the scope is the snapshot or a stretch of it.</summary>
    public bool IsStretch => _inSnapshot is null;

    /// <summary>Where a file of the scope stands in the snapshot; -1 when that version does not.</summary>
    public int InSnapshot(int place) => _inSnapshot is null ? place + _offset : _inSnapshot[place];

    /// <summary>Where a file of the snapshot stands in the scope; -1 when it does not.</summary>
    public int InScope(int file) => _inScope is not null ? _inScope[file] : file >= _offset && file < _offset + _count ? file - _offset : -1;
}
