using Rlm.Context.Search.Planning;

namespace Rlm.Context.Index;

/// <summary>Finds the distinct trigrams of texts. Holds 2 MB and is used again for every text; one for each thread.</summary>
internal sealed class TrigramCollector
{
    private readonly ulong[] _seen = new ulong[Trigram.Count / 64];
    private uint[] _found = new uint[4096];

    /// <summary>The trigrams of a UTF-8 text (a file in another encoding is to be converted first), by first occurrence; good until the next call.</summary>
    public ReadOnlySpan<uint> Collect(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 3) return [];
        var count = 0;
        var trigram = ((uint)Trigram.Fold(utf8[0]) << 8) | Trigram.Fold(utf8[1]);
        foreach (var value in utf8[2..])
        {
            trigram = ((trigram << 8) | Trigram.Fold(value)) & (Trigram.Count - 1);
            var bit = 1UL << (int)(trigram & 63);
            ref var word = ref _seen[trigram >> 6];
            if ((word & bit) != 0) continue;
            word |= bit;
            if (count == _found.Length) Array.Resize(ref _found, count * 2);
            _found[count++] = trigram;
        }
        var found = _found.AsSpan(0, count);
        foreach (var one in found) _seen[one >> 6] = 0;
        return found;
    }
}
