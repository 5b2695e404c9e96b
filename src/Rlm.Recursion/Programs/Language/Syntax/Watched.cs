using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Steps of a part of a generator, whose Python exceptions are given instead of thrown: C# cannot yield inside a try with a catch.</summary>
internal sealed class Watched(IEnumerable<object> steps)
{
    private readonly IEnumerator<object> _steps = steps.GetEnumerator();

    public object Current => _steps.Current;

    public bool Next(out PyRaise? raised)
    {
        raised = null;
        try
        {
            return _steps.MoveNext();
        }
        catch (PyRaise error)
        {
            raised = error;
            return false;
        }
    }
}
