namespace Rlm.Context.Outlines.CSharp;

/// <summary>
/// Follows the brackets of one source text and says which stretches must be blanked before a parser may see it. Brackets keep their
/// places, so what stands around a blanked stretch is parsed as ever; names and signatures come from the original text.
/// </summary>
/// <param name="maxInner">Brackets inside parentheses or square brackets that go deeper than this are emptied.</param>
/// <param name="maxRun">Runs of tokens longer than this are cut.</param>
internal sealed class NestingMeter(int maxInner, int maxRun)
{
    private const int Levels = 62;

    private readonly long[] _openings = new long[Levels + 1];
    private Frame[] _frames = new Frame[64];
    private int _count = 1; // _frames[0] is the file itself
    private int _angles;
    private int _holes;
    private int _strays;
    private long _runSquares;
    private int _blankFrom = -1;
    private int _blankFrame;
    private bool _blankIsRun;
    private bool _isAfterElse;

    /// <summary>Stretches to blank; a later one may include earlier ones.</summary>
    public List<BlankRange> Blanks { get; } = [];

    /// <summary>True when a blanked stretch may have held declarations: all but bracketed parts of expressions, which hold none.</summary>
    public bool IsLossy { get; private set; }

    public ref Frame Top => ref _frames[_count - 1];

    public bool InHole => Top.Kind == 'i';

    /// <param name="kind"><c>( [ {</c> or <c>i</c>.</param>
    /// <param name="at">Its offset.</param>
    /// <param name="contentStart">Offset of what it holds.</param>
    /// <param name="isExpression">True for brackets of expressions, which the parser may read more than once.</param>
    public void Open(char kind, int at, int contentStart, bool isExpression)
    {
        CountToken(at);
        _isAfterElse = false;
        if (kind == '{') EndRun(at);
        var inner = Top.Inner;
        if (inner > 0 || isExpression) inner++;
        var isAttribute = kind == '[' && Top.Run == 1;
        if (_count == _frames.Length) Array.Resize(ref _frames, _count * 2);
        _frames[_count++] = new Frame { Kind = kind, Inner = inner, ContentStart = contentStart, IsAttribute = isAttribute };
        if (kind == 'i') _holes++;
        if (_blankFrom < 0) _openings[Math.Min(inner, Levels)]++;
        if (inner > maxInner) StartBlank(_frames[_count - 2].ContentStart, _count - 2, isRun: false); // emptied whole, the bracket around stays well formed
        else if (_count + _angles > ParseLimits.Depth || _holes > ParseLimits.Interpolations) StartBlank(contentStart, _count - 1, isRun: false);
    }

    /// <summary>Closes the innermost bracket if the sign fits; a <c>}</c> also closes brackets that broken code left open inside.</summary>
    /// <returns>The kind that was closed, or <c>\0</c> when the sign fits nothing; for a hole, how its string goes on.</returns>
    public (char Kind, StringForm Form) Close(char sign, int at)
    {
        var kind = sign == ')' ? '(' : sign == ']' ? '[' : '{';
        var found = _count - 1;
        if (kind == '{') while (found > 0 && _frames[found].Kind is '(' or '[') found--;
        else if (found > 1 && _frames[found].Kind is '(' or '[' && _frames[found].Kind != kind && _frames[found - 1].Kind == kind) found--;
        if (found == 0 || (_frames[found].Kind != kind && !(kind == '{' && _frames[found].Kind == 'i')))
        {
            if (++_strays > ParseLimits.Strays) StartBlank(at, _count - 1, isRun: true);
            return default;
        }
        var closed = (_frames[found].Kind, _frames[found].Form);
        while (_count > found + 1) Pop(at, isProper: false);
        Pop(at, isProper: true);
        if (kind == '{' && closed.Kind == '{') EndRun(at + 1);
        return closed;
    }

    public void Separator(char sign, int at)
    {
        EndRun(at);
        if (sign == ';') DropAngles();
    }

    public void Less(int at)
    {
        CountToken(at);
        Top.Angles++;
        _angles++;
        if (Top.Angles > ParseLimits.Angles || _count + _angles > ParseLimits.Depth) StartBlank(at, _count - 1, isRun: true);
    }

    public void Greater(int at)
    {
        CountToken(at);
        if (Top.Angles == 0) return;
        Top.Angles--;
        _angles--;
    }

    /// <summary><c>&amp;&amp;</c> and <c>||</c>: no type argument list goes on behind them.</summary>
    public void Logical(int at)
    {
        CountToken(at);
        DropAngles();
    }

    public void Word(ReadOnlySpan<char> word, int at)
    {
        CountToken(at);
        ref var frame = ref Top;
        switch (word)
        {
            case "partial" when ++frame.Partials > ParseLimits.Partials:
            case "else" when ++frame.Elses > ParseLimits.Elses:
                StartBlank(at, _count - 1, isRun: true);
                break;
            case "if" when !_isAfterElse:
                frame.Elses = 0;
                break;
        }
        _isAfterElse = word is "else";
    }

    public void CountToken(int at)
    {
        if (++Top.Run > maxRun) StartBlank(at, _count - 1, isRun: true);
    }

    /// <summary>Must be called once, at the end of the text.</summary>
    public void Finish(int length)
    {
        while (_count > 1) Pop(length, isProper: false);
        CountRun();
        if (_blankFrom >= 0) EndBlank(length, isProper: false);
    }

    /// <summary>The longest run that can stay if the parser's error recovery is to be bounded.</summary>
    public int AffordableRun => _runSquares > ParseLimits.RunSquares ? ParseLimits.ShortRun : maxRun;

    /// <summary>The deepest level inside parentheses that can stay if the parser's look-ahead is to be bounded; at least 3.</summary>
    public int AffordableInner()
    {
        long cost = 0, all = 0;
        foreach (var openings in _openings) all += openings;
        for (var level = 0; level <= Levels; level++)
        {
            // Emptied brackets still cost what their level's limit costs.
            all -= _openings[level];
            cost += _openings[level] << Math.Min(level, 40);
            if (cost + (all << Math.Min(level, 40)) > ParseLimits.LookAhead) return Math.Max(3, level - 1);
        }
        return int.MaxValue;
    }

    private void CountRun()
    {
        _runSquares += (long)Math.Min(Top.Run, maxRun) * Math.Min(Top.Run, maxRun);
        Top.Run = 0;
    }

    private void Pop(int at, bool isProper)
    {
        CountRun();
        DropAngles();
        if (_blankFrom >= 0 && _blankFrame == _count - 1) EndBlank(at, isProper);
        if (Top.Kind == 'i') _holes--;
        var wasAttribute = Top.IsAttribute;
        _count--;
        if (wasAttribute) Top.Run = 0;
    }

    private void EndRun(int at)
    {
        CountRun();
        Top.Partials = 0;
        if (_blankFrom >= 0 && _blankIsRun && _blankFrame == _count - 1) EndBlank(at, isProper: false);
    }

    private void DropAngles()
    {
        _angles -= Top.Angles;
        Top.Angles = 0;
    }

    private void StartBlank(int from, int frame, bool isRun)
    {
        if (_blankFrom >= 0) return;
        (_blankFrom, _blankFrame, _blankIsRun) = (from, frame, isRun);
    }

    private void EndBlank(int to, bool isProper)
    {
        IsLossy |= !isProper || _blankIsRun || Top.Inner == 0;
        if (to > _blankFrom) Blanks.Add(new BlankRange(_blankFrom, to, NeedsFiller: !_blankIsRun && Top.Kind != '{'));
        _blankFrom = -1;
    }
}
