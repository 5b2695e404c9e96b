using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Workers;

namespace Rlm.Recursion.Programs.CPython;

/// <summary>Judges what the trial program brought.</summary>
internal static class PythonTrial
{
    /// <summary>Why not; null when nothing was let through.</summary>
    public static string? Judge(Worker worker, ProgramReport trial)
    {
        if (trial.Error is { } error) return $"its trial failed ({error.Type}: {error.Message})";
        if (!worker.IsFiltered) return "its filter of system calls was refused";
        if (trial.Plain is not JsonObject told || (int?)told["sum"] != 45 || told["lets"] is not JsonArray lets) return "its trial gave a wrong answer";
        return lets.Count == 0 ? null : $"its sandbox lets through: {string.Join(", ", lets.Select(name => name?.GetValue<string>()))}";
    }
}
