using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs;

/// <summary>What a program may call.</summary>
public interface IProgramCalls
{
    /// <summary>Names of the functions. Those with a dot are not seen by programs as such (<c>sets.get</c>).</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Runs a call. The arguments come from a program: nothing about them is certain but that they are JSON.</summary>
    /// <returns>Plain JSON; or a lazy list: <c>{"$rows":[…],"$more":CURSOR|null,"$total":N|null}</c>.</returns>
    /// <exception cref="ProgramCallException">Refused, or failed.</exception>
    /// <exception cref="OperationCanceledException">The program was cancelled.</exception>
    JsonNode? Call(string name, JsonArray arguments, JsonObject named, CancellationToken cancellationToken);
}
