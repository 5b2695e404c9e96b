using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Hosting;

/// <summary>How a request reads when sub-agents of a client do the work.</summary>
internal static class HostTask
{
    /// <summary>Whether every unit is to be judged (a finding each); else the part as a whole is asked about.</summary>
    public static bool Judges(RecurseRequest request) =>
        request.Mode == "map" || (request.Mode == "auto" && (request.Per is not null || request.Schema is not null || request.Merge is not null));

    /// <summary>What is judged. Pairs cannot be handed out: their units are.</summary>
    public static UnitKind Per(RecurseRequest request) => request.Per is { } per and not UnitKind.Pair ? per : UnitKind.File;
}
