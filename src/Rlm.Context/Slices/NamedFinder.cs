using System.Collections.Concurrent;
using System.Text;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Search;

namespace Rlm.Context.Slices;

/// <summary>Finds what a query means among the symbols of the index: by name first, then by path.</summary>
/// <param name="table">The index's names.</param>
/// <param name="query">What is asked; it has a name.</param>
/// <param name="few">Up to so many symbols it is faster to read their outlines than to look at all names once more for the holder's.</param>
internal sealed class NamedFinder(NameTable table, SymbolQuery query, int few = 300)
{
    private int _sure;

    /// <summary>How many were found that count whatever else is found: constructors do not when there is a type.</summary>
    public int Sure => Volatile.Read(ref _sure);

    /// <summary>Adds what it finds. Time: a look at every name, and the outlines of the files that have the name, and its holder's where the query has one.</summary>
    /// <param name="found">Filled in no order.</param>
    /// <param name="most">Stops when it is sure of more.</param>
    /// <param name="cancellationToken">Stops between outlines.</param>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public void Find(ConcurrentBag<FoundSymbol> found, int most, CancellationToken cancellationToken)
    {
        var named = table.EndingIn(query.Name!, cancellationToken);
        if (named.Count > few && query.Holder is { } holder) named = Held(named, holder, cancellationToken);
        table.Read(named, (place, outline) =>
        {
            var symbol = ContentSymbols.Of(outline, place.Ordinal);
            if (!query.Matches(symbol)) return;
            foreach (var file in table.FilesOf(place.Content))
            {
                found.Add(new(file.Path, symbol) { Stamp = outline.HasChildren(place.Ordinal) ? null : file.Stamp });
                if (SymbolKinds.IsName(symbol.Kind) && symbol.Kind != SymbolKinds.Constructor) Interlocked.Increment(ref _sure);
            }
        }, () => Sure > most, cancellationToken);
    }

    // A path is made of the names of what holds the symbol in its file: one of them has the holder's name as a part. Methods of Go bear their type in the path only.
    private List<NamedSymbol> Held(List<NamedSymbol> named, string holder, CancellationToken cancellationToken)
    {
        var part = Encoding.UTF8.GetBytes(holder);
        var contents = table.Names(name => HasPart(name, part), cancellationToken).SelectMany(name => table.Named(name, 0)).Select(symbol => symbol.Content).ToHashSet();
        return named.FindAll(symbol => contents.Contains(symbol.Content) || table.FilesOf(symbol.Content).Any(file => file.Language == "go"));
    }

    // IFoo is a part of IFoo, A.IFoo.Bar, IFoo<int>.Bar, A/IFoo and N::IFoo::Bar.
    private static bool HasPart(ReadOnlySpan<byte> name, ReadOnlySpan<byte> part)
    {
        for (var from = 0; name[from..].IndexOf(part) is >= 0 and var at; from += at + 1)
        {
            int start = from + at, end = start + part.Length;
            if ((start == 0 || name[start - 1] is (byte)'.' or (byte)'/' or (byte)':' or (byte)'\\') && (end == name.Length || !IsWord(name[end]))) return true;
        }
        return false;
    }

    private static bool IsWord(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_';
}
