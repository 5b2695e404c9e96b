using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs.HostCalls;

/// <summary>Brings positional and named arguments under the names of a function's parameters, as Python does.</summary>
internal static class CallArguments
{
    /// <returns>Given arguments by parameter; None counts as not given.</returns>
    /// <exception cref="ProgramCallException">Too many, unknown, twice, or missing; the message has the signature.</exception>
    public static JsonObject Bind(ProgramFunction function, JsonArray positional, JsonObject named)
    {
        var parameters = function.Parameters;
        if (positional.Count > parameters.Count) throw Wrong(function, $"takes at most {parameters.Count} arguments, and {positional.Count} were given");
        var bound = new JsonObject();
        for (var at = 0; at < positional.Count; at++) bound[parameters[at].Name] = positional[at]?.DeepClone();
        foreach (var (name, value) in named)
        {
            if (parameters.All(parameter => parameter.Name != name)) throw Wrong(function, $"has no argument {(name.Length <= 40 ? name : name[..40] + "…")}");
            if (bound.ContainsKey(name)) throw Wrong(function, $"got {name} twice");
            bound[name] = value?.DeepClone();
        }
        foreach (var name in bound.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList()) bound.Remove(name);
        foreach (var (name, isRequired) in parameters)
            if (isRequired && !bound.ContainsKey(name)) throw Wrong(function, $"needs {name}");
        return bound;
    }

    /// <summary>A text, or null where it was not given.</summary>
    /// <exception cref="ProgramCallException">It is something else.</exception>
    public static string? Text(JsonObject arguments, string name) => arguments[name] is not { } node ? null
        : node is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new ProgramCallException("TypeError", $"bad_argument: {name} must be a str");

    private static ProgramCallException Wrong(ProgramFunction function, string what) => new("TypeError", $"bad_argument: {function.Name} {what}; it is {function.Signature}");
}
