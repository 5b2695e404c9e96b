using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>An iterator over what C# gives; after the end or an error it stays at its end.</summary>
internal sealed class SequenceIterator(string type, IEnumerator<object> values) : PyIterator(type)
{
    private bool _running, _ended;

    /// <summary>What a generator returned at its end.</summary>
    public object? Result { get; set; }

    public override bool Next(Machine machine, out object value)
    {
        value = PyNone.Value;
        if (_ended) return false;
        if (_running) throw Raise.Value("generator already executing");
        _running = true;
        machine.Enter();
        try
        {
            // Ended unless it comes back: a catch that throws again would cost stack at every level.
            _ended = true;
            if (!values.MoveNext()) return false;
            _ended = false;
            value = values.Current;
            return true;
        }
        finally
        {
            _running = false;
            machine.Leave();
        }
    }
}
