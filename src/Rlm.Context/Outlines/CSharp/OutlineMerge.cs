namespace Rlm.Context.Outlines.CSharp;

/// <summary>Joins what several ways through one file showed: a symbol is the same when name line, name and kind are; the first way's ranges stand.</summary>
internal static class OutlineMerge
{
    /// <summary>Adds to <paramref name="known"/> what only <paramref name="found"/> has, marked conditional, in file order.</summary>
    /// <returns>The last line of everything added.</returns>
    public static int Into(List<Draft> known, List<Draft> found)
    {
        var byPlace = new Dictionary<(int, string, string), Draft>();
        foreach (var draft in known) byPlace.TryAdd((draft.NameLine, draft.Name, draft.Kind), draft);
        var last = 0;
        var added = false;
        foreach (var draft in found)
        {
            if (byPlace.TryGetValue((draft.NameLine, draft.Name, draft.Kind), out var same))
            {
                // A branch may reach beyond the end that the first way saw.
                same.End = Math.Max(same.End, Into(same.Children, draft.Children));
                last = Math.Max(last, same.End);
                continue;
            }
            Mark(draft);
            known.Add(draft);
            added = true;
            last = Math.Max(last, draft.End);
        }
        if (added)
        {
            var inOrder = known.OrderBy(draft => draft.Start).ThenByDescending(draft => draft.End).ToList();
            known.Clear();
            known.AddRange(inOrder);
        }
        return last;
    }

    private static void Mark(Draft draft)
    {
        draft.Conditional = true;
        foreach (var child in draft.Children) Mark(child);
    }
}
