using System.Runtime.CompilerServices;
using System.Text;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>
/// What a run has used and may still use: steps, bytes, depth, output. Bytes are an account: everything that grows charges before it does; when the account reaches the limit the heap is measured and the account starts again
/// from what really lives, so that garbage is forgiven and what lives is not.
/// </summary>
internal sealed class Machine(InterpreterLimits limits, CancellationToken cancellationToken)
{
    private const int Slice = 2048, HeapLook = 8;
    private static readonly Encoding Utf8 = new UTF8Encoding(false);
    private readonly long _baseline = GC.GetTotalMemory(false);
    private readonly StringBuilder _output = new();
    private long _steps, _fuel = Slice, _charged, _outputBytes, _refuels;

    /// <summary>The machine of the run on this thread; for what dictionaries call back.</summary>
    [field: ThreadStatic]
    public static Machine? Current { get; set; }

    public int Depth { get; set; }

    /// <summary>The exception that is being handled, for a bare <c>raise</c> and for contexts.</summary>
    public PyException? Handling { get; set; }

    public Calling Host { get; init; } = null!;

    /// <summary>Called now and then, and before what may end the process.</summary>
    public Action? Beat { get; init; }

    /// <summary>Bytes of output that are kept; also what of a long value is shown.</summary>
    public int MaxOutput => limits.MaxOutputBytes;

    public string Output => _output.ToString();

    public long OutputCut { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Tick()
    {
        if (--_fuel < 0) Refuel();
    }

    /// <summary>Counts work that a built-in function is about to do.</summary>
    public void Tick(long steps)
    {
        _fuel -= steps;
        if (_fuel < 0) Refuel();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Charge(long bytes)
    {
        _charged += bytes;
        if (_charged > limits.MaxBytes) Measure(bytes);
    }

    public void ChargeText(long characters) => Charge(2 * characters + 32);

    public void ChargeElements(long count) => Charge(count > long.MaxValue / 64 ? long.MaxValue / 2 : 32 + PyList.ElementBytes * count);

    public void Enter()
    {
        if (++Depth > limits.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Depth--;
            throw Raise.Error("RecursionError", "maximum recursion depth exceeded");
        }
    }

    public void Leave() => Depth--;

    /// <summary>Looks at the limits now: before a call of the host, which takes time and few steps.</summary>
    public void Check() => Refuel();

    /// <summary>Prints up to the limit; what comes after is only counted.</summary>
    public void Print(string text)
    {
        Tick(text.Length / 64);
        var bytes = Utf8.GetByteCount(text);
        if (OutputCut == 0 && _outputBytes + bytes <= limits.MaxOutputBytes)
        {
            _output.Append(text);
            _outputBytes += bytes;
            return;
        }
        if (OutputCut == 0)
        {
            var kept = Prefix(text, limits.MaxOutputBytes - _outputBytes);
            _output.Append(text, 0, kept.Characters);
            _outputBytes += kept.Bytes;
            bytes -= kept.Bytes;
        }
        OutputCut += bytes;
    }

    private static (int Characters, int Bytes) Prefix(string text, long room)
    {
        int at = 0, bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > room) break;
            bytes += rune.Utf8SequenceLength;
            at += rune.Utf16SequenceLength;
        }
        return (at, bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refuel()
    {
        _steps += Slice - _fuel;
        _fuel = Slice;
        Beat?.Invoke();
        if (++_refuels % HeapLook == 0 && limits.MaxHeapBytes is { } heap) Look(heap);
        if (cancellationToken.IsCancellationRequested) throw new LimitException("CancelledError", "the program was ended from outside: its time was over or its session was closed");
        if (_steps > limits.MaxSteps) throw new LimitException("StepLimitError", $"the program took more than {limits.MaxSteps:N0} steps");
    }

    // Accounts are estimates. Where they are too low by far, the heap itself says so while there is still room to end in an error of Python's own.
    private void Look(long heap)
    {
        if (GC.GetTotalMemory(false) < heap / 4 * 3) return;
        Beat?.Invoke();
        GC.Collect();
        if (GC.GetTotalMemory(false) >= heap / 8 * 5) throw NoMemory($"the program has taken {GC.GetTotalMemory(false):N0} bytes, of {heap:N0} that the process may have");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Measure(long asked)
    {
        _charged -= asked;
        if (asked < limits.MaxBytes)
        {
            Tick(100_000);
            Beat?.Invoke();
            GC.Collect();
            _charged = Math.Max(0, GC.GetTotalMemory(false) - _baseline);
            // Room of a sixteenth must come of it, or the heap would be measured at every step.
            if (_charged + asked <= limits.MaxBytes - limits.MaxBytes / 16)
            {
                _charged += asked;
                return;
            }
        }
        throw NoMemory($"the program asked for {asked:N0} bytes more, beyond its limit of {limits.MaxBytes:N0}");
    }

    private static PyRaise NoMemory(string why) => new(new PyException(ExceptionTypes.ByName["MemoryError"], PyTuple.Empty) { Note = why });
}
