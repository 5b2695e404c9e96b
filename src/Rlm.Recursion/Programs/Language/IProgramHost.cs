using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language;

/// <summary>What a program may reach outside itself: functions by name, with JSON in and JSON out.</summary>
public interface IProgramHost
{
    /// <summary>Calls a host function. A result <c>{"$rows": […], "$more": CURSOR, "$total": N}</c> becomes a lazy list in the program.</summary>
    /// <exception cref="HostCallException">The call failed; the program sees a Python exception of the type named in it.</exception>
    JsonNode? Call(string name, IReadOnlyList<JsonNode?> arguments, IReadOnlyDictionary<string, JsonNode?> named);

    /// <summary>Called every few thousand steps of a program, on its thread.</summary>
    void Beat()
    {
        // Most hosts have nothing to do.
    }
}
