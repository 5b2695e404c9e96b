using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>The global <c>sets</c>: a mapping whose content is with the host, by the calls <c>sets.get</c>, <c>sets.put</c> and <c>sets.list</c>.</summary>
internal sealed class HostMap(string name)
{
    public object Get(Machine machine, object key) => machine.Host(machine, name + ".get", new Args([key]));

    public void Set(Machine machine, object key, object value) => machine.Host(machine, name + ".put", new Args([key, value is PyList or LazyList or PyTuple or string or PyDict ? value : new PyList(Iterating.Collect(machine, value))]));

    public List<object> Keys(Machine machine) => Iterating.Collect(machine, machine.Host(machine, name + ".list", Args.None));

    public bool Has(Machine machine, object key) => Keys(machine).Any(known => Comparing.Same(known is PyDict row && row.TryGet("name", out var named) ? named : known, key));

    public string Repr(Machine machine) => $"<{name}: {string.Join(", ", Keys(machine).Select(key => Writing.Str(machine, key is PyDict row && row.TryGet("name", out var named) ? named : key)))}>";
}
