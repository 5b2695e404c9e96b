using System.Collections.Immutable;
using Rlm.Context.Files;

namespace Rlm.Context.Search.Ranking;

/// <summary>Numbers the units of a text as their lines come, and cuts what has no symbol of its own into windows.</summary>
/// <param name="isCut">Of an owner: whether its lines are cut into windows.</param>
internal sealed class UnitMapBuilder(Func<int, bool> isCut)
{
    // A window ends with a stretch of lines or, at the latest, at the second number; a stretch below the third is no window of its own.
    private const int WindowLines = 40, MostLines = 60, FewLines = 4;

    private readonly ImmutableArray<StructuralUnit>.Builder _units = ImmutableArray.CreateBuilder<StructuralUnit>();
    private readonly ImmutableArray<UnitRun>.Builder _runs = ImmutableArray.CreateBuilder<UnitRun>();
    private readonly Dictionary<int, int> _unitOf = [];
    private readonly Dictionary<int, int> _linesOf = [];
    private int _owner = int.MinValue, _first, _last, _count;

    /// <summary>The next line that is not blank, and the symbol that owns it; -1 for none.</summary>
    public void Add(int line, int owner)
    {
        var isNew = owner != _owner;
        if (!isNew && isCut(owner)) isNew = _count >= MostLines || (_count >= WindowLines && line > _last + 1);
        if (isNew)
        {
            Close();
            (_owner, _first, _count) = (owner, line, 0);
        }
        (_last, _count) = (line, _count + 1);
    }

    /// <summary>All units.</summary>
    public UnitMap Finish()
    {
        Close();
        return new(_units.ToImmutable(), _runs.ToImmutable());
    }

    private void Close()
    {
        if (_count == 0) return;
        var unit = UnitOf(_owner);
        _runs.Add(new(new(_first, _last), unit));
        _linesOf[unit] = _linesOf.GetValueOrDefault(unit) + _count;
    }

    private int UnitOf(int owner)
    {
        if (!_unitOf.TryGetValue(owner, out var unit)) return New(owner, isWindow: owner < 0);
        if (!isCut(owner)) return unit;
        // A closing brace joins the lines before it; a stretch of its own becomes one.
        var isSmall = _count < FewLines && _linesOf[unit] < WindowLines;
        if (isSmall || _linesOf[unit] < FewLines) return unit;
        return New(owner, isWindow: true);
    }

    private int New(int owner, bool isWindow)
    {
        _units.Add(new(owner, isWindow));
        return _unitOf[owner] = _units.Count - 1;
    }
}
