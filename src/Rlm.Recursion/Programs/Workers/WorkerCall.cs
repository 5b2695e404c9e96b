using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs.Workers;

/// <summary>A host call as a worker asks for it.</summary>
internal sealed record WorkerCall(long Number, string Name, JsonArray Arguments, JsonObject Named)
{
    /// <exception cref="WorkerFaultException"><c>protocol</c>: the message is no call.</exception>
    public static WorkerCall Read(JsonObject message)
    {
        if (message["call"] is JsonValue number && number.TryGetValue<long>(out var id) && message["name"] is JsonValue name && name.TryGetValue<string>(out var called)
            && message["args"] is JsonArray arguments && message["kwargs"] is JsonObject named) return new(id, called, arguments, named);
        throw new WorkerFaultException("protocol", "the worker wrote a line that is no message");
    }

    /// <summary>Runs it; whatever comes of it is a message.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public JsonObject Answer(IProgramCalls calls, CancellationToken cancellationToken)
    {
        try
        {
            if (!calls.Names.Contains(Name)) return Error("TypeError", $"there is no host function {Name[..Math.Min(Name.Length, 60)]}");
            return new() { ["result"] = Number, ["value"] = calls.Call(Name, Arguments, Named, cancellationToken) };
        }
        catch (ProgramCallException refused)
        {
            return Error(refused.Type, refused.Message);
        }
        // Whatever else a function throws is its own fault: its message may hold anything, so only the type is told.
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return Error("RuntimeError", $"internal: {Name} failed ({fault.GetType().Name})");
        }
    }

    private JsonObject Error(string type, string message) => new() { ["result"] = Number, ["error"] = new JsonObject { ["type"] = type, ["message"] = message } };
}
