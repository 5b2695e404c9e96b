using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs.Workers;

/// <summary>Nothing may be called.</summary>
internal sealed class NoCalls : IProgramCalls
{
    public static NoCalls Instance { get; } = new();

    public IReadOnlyList<string> Names => [];

    public JsonNode? Call(string name, JsonArray arguments, JsonObject named, CancellationToken cancellationToken) => throw new ProgramCallException("RuntimeError", "not_available: nothing can be called here");
}
