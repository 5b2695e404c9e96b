using Rlm.Context.Files;
using Rlm.Context.Slices;

namespace Rlm.Context.Scopes;

/// <summary>Brings the kept items of one file up to date: untouched files cost nothing, changed ones are checked item by item.</summary>
internal sealed class ItemFollower(ContextStore store, FileEntry file, CancellationToken cancellationToken)
{
    private OpenText? _text;

    public IEnumerable<SetItem> Follow(IEnumerable<SetItem> items, ref int gone, ref int moved)
    {
        var now = new List<SetItem>();
        foreach (var item in items)
        {
            if (item.Range is null || item.Stamp == file.Stamp)
            {
                now.Add(item);
                continue;
            }
            if (Find(item) is not { } found)
            {
                gone++;
                continue;
            }
            if (found.Range != item.Range) moved++;
            now.Add(found);
        }
        return now;
    }

    private SetItem? Find(SetItem item)
    {
        if (!Handle.TryParse(item.Handle, out var handle)) return item;
        try
        {
            _text ??= store.Open(file.Path, cancellationToken);
            var followed = HandleFollower.Follow(handle.Value, _text, () => store.OutlineOf(_text, cancellationToken), item.IsWholeSymbol ? item.Symbol : null);
            if (followed is null) return null;
            var text = _text.Lines(followed.Range);
            return item with { Range = followed.Range, Handle = Handle.Of(file.Path, followed.Range, text).ToString(), Stamp = _text.Stamp };
        }
        catch (ContextException)
        {
            return null;
        }
    }
}
