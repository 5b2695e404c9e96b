using System.Buffers.Binary;
using Lucene.Net.Util;
using Rlm.Context.Index;

namespace Rlm.Context.Lucene;

/// <summary>The terms of a content's units, unit by unit, each at the place that is its impact.</summary>
internal sealed class UnitTerms
{
    private readonly UnitPosting[] _byImpact;
    private readonly int _units;
    private int _unit = -1, _at, _place = -1;

    public UnitTerms(OutlinedContent content)
    {
        _units = content.UnitCount;
        _byImpact = content.Postings.ToArray();
        Array.Sort(_byImpact, (left, right) => left.Unit != right.Unit ? left.Unit.CompareTo(right.Unit) : left.Impact.CompareTo(right.Impact));
    }

    /// <summary>Goes on to the next unit; false behind the last one.</summary>
    public bool MoveToNextUnit()
    {
        _place = -1;
        return ++_unit < _units;
    }

    /// <summary>The next term of the unit.</summary>
    public int Next(BytesRef term)
    {
        if (_at == _byImpact.Length || _byImpact[_at].Unit != _unit) return -1;
        var (hash, _, impact) = _byImpact[_at++];
        Write(term, hash);
        var step = impact - _place;
        _place = impact;
        return step;
    }

    /// <summary>A term's hash as a term.</summary>
    public static void Write(BytesRef term, ulong hash)
    {
        BinaryPrimitives.WriteUInt64BigEndian(term.Bytes, hash);
        (term.Offset, term.Length) = (0, sizeof(ulong));
    }
}
