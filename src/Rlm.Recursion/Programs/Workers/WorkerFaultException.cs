namespace Rlm.Recursion.Programs.Workers;

/// <summary>A worker could not be started, ended, or does not keep to the protocol. It is of no more use.</summary>
/// <param name="type"><c>timeout</c>, <c>worker_ended</c>, <c>protocol</c>, <c>call_limit</c>.</param>
/// <param name="message">For the caller.</param>
internal sealed class WorkerFaultException(string type, string message) : Exception(message)
{
    public string Type { get; } = type;
}
