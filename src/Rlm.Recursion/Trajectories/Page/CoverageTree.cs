using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Leaves;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>Makes the map of what was looked at: of the files in scope now, and of those that were read and are gone.</summary>
internal static class CoverageTree
{
    /// <summary>Of a tree of sessions.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="files">What is in scope now; null where that is not known.</param>
    public static CoverageFolder Of(PageSession root, IReadOnlyList<string>? files)
    {
        var marks = new Dictionary<string, Mark>(StringComparer.Ordinal);
        Mark At(string handle) => marks.TryGetValue(Place.Of(handle).Path, out var mark) ? mark : marks[Place.Of(handle).Path] = new();
        foreach (var session in root.All)
        {
            foreach (var handle in session.Entries.Where(entry => entry.Kind != "submit").SelectMany(entry => entry.Handles)) At(handle).IsRead = true;
            foreach (var missing in session.State.Coverage.Missing.SelectMany(missing => missing.Unit.Split(" ~ "))) At(missing).Missing++;
            foreach (var finding in session.State.Findings)
            {
                foreach (var citation in finding.Citations.Where(citation => citation.Checked is not QuoteCheck.False)) At(citation.Handle).IsRead = true;
                if (session.State.Mode == "map" && !finding.IsUnsupported) At(finding.Unit).Judged++;
            }
        }
        var known = (files ?? []).ToHashSet(StringComparer.Ordinal);
        // A mark without a file in scope may be a symbol or a folder that a model wrote as a handle: only what was read counts.
        var gone = files is null ? marks.Keys : marks.Where(mark => !known.Contains(mark.Key) && (mark.Value.IsRead || mark.Value.Judged > 0)).Select(mark => mark.Key);
        return Folder("", [.. known.Concat(gone.Where(path => !known.Contains(path))).Order(StringComparer.Ordinal).Select(path => (path, Item(path, known.Contains(path), marks.GetValueOrDefault(path))))], 0);
    }

    private static CoverageFolder Item(string path, bool isInScope, Mark? mark)
    {
        var kind = !isInScope ? CoverageKind.Gone : mark is null ? CoverageKind.Unread : mark.Missing > 0 ? CoverageKind.Missed : mark.Judged > 0 ? CoverageKind.Judged : mark.IsRead ? CoverageKind.Read : CoverageKind.Unread;
        var files = new int[5];
        files[(int)kind] = 1;
        return new(path[(path.LastIndexOf('/') + 1)..]) { Path = path, Files = files, Judged = mark?.Judged ?? 0, Missing = mark?.Missing ?? 0 };
    }

    // The files are in order, so those of a folder lie together.
    private static CoverageFolder Folder(string name, IReadOnlyList<(string Path, CoverageFolder File)> files, int skip)
    {
        var items = files.GroupBy(file => file.Path.IndexOf('/', skip) is var slash and >= 0 ? file.Path[skip..slash] : null, StringComparer.Ordinal).ToArray();
        var folders = items.Where(item => item.Key is not null).Select(item => Folder(item.Key!, [.. item], skip + item.Key!.Length + 1)).ToArray();
        var own = items.Where(item => item.Key is null).SelectMany(item => item).Select(item => item.File).ToArray();
        if (folders.Length == 1 && own.Length == 0) return folders[0] with { Name = name.Length == 0 ? folders[0].Name : $"{name}/{folders[0].Name}" };
        CoverageFolder[] all = [.. folders, .. own];
        return new(name) { Items = all, Files = [.. Enumerable.Range(0, 5).Select(kind => all.Sum(item => item.Files[kind]))], Judged = all.Sum(item => item.Judged), Missing = all.Sum(item => item.Missing) };
    }

    private sealed class Mark
    {
        public bool IsRead { get; set; }

        public int Judged { get; set; }

        public int Missing { get; set; }
    }
}
