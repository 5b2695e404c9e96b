namespace Rlm.Context.History.Indexing;

/// <summary>Adds commits to an index: the columns of the old one, then those of the new commits.</summary>
internal static class CommitIndexWriter
{
    public static CommitIndex Add(CommitIndex old, IReadOnlyList<CommitRecord> records)
    {
        if (records.Count == 0) return old;
        var columns = old.Columns;
        var fresh = records.Where(record => old.Find(record.Node.Id) < 0).DistinctBy(record => record.Node.Id).ToArray();
        var ids = new Dictionary<GitId, int>();
        var names = new List<GitId>();
        int Place(GitId id)
        {
            if (ids.TryGetValue(id, out var place)) return place;
            names.Add(id);
            return ids[id] = names.Count - 1;
        }
        foreach (var id in columns.Ids.AsSpan(0, columns.Count)) Place(id);
        foreach (var record in fresh) Place(record.Node.Id);
        var count = names.Count;
        // Parents that were outside keep being named, under new places.
        var parents = new List<int>(Array.ConvertAll(columns.Parents, parent => Place(columns.Ids[parent])));
        var parentStarts = new List<int>(columns.ParentStarts);
        var (paths, pathList) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string>(columns.Paths));
        for (var number = 0; number < pathList.Count; number++) paths[pathList[number]] = number;
        var (changes, kinds, changeStarts) = (new List<int>(columns.Changes), new List<byte>(columns.Kinds), new List<int>(columns.ChangeStarts));
        foreach (var record in fresh)
        {
            foreach (var parent in record.Node.Parents) parents.Add(Place(parent));
            parentStarts.Add(parents.Count);
            foreach (var (path, kind) in record.Changes)
            {
                if (!paths.TryGetValue(path, out var number))
                {
                    paths[path] = number = pathList.Count;
                    pathList.Add(path);
                }
                changes.Add(number);
                kinds.Add(kind);
            }
            changeStarts.Add(changes.Count);
        }
        return new(new()
        {
            Count = count,
            Ids = [.. names],
            Trees = [.. columns.Trees, .. fresh.Select(record => record.Node.Tree)],
            Times = [.. columns.Times, .. fresh.Select(record => record.Node.Time)],
            ParentStarts = [.. parentStarts],
            Parents = [.. parents],
            ChangeStarts = [.. changeStarts],
            Changes = [.. changes],
            Kinds = [.. kinds],
            Paths = [.. pathList],
        });
    }
}
