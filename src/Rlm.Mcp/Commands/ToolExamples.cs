namespace Rlm.Mcp.Commands;

/// <summary>Lines that help shows for each tool.</summary>
internal static class ToolExamples
{
    /// <summary>At least one line; the first is the one for the list of commands.</summary>
    public static IReadOnlyList<string> Of(string tool) => tool switch
    {
        "map" => ["map", "map src --depth 2", "map src/Pump.cs --view outline", "map --view projects", "map --json"],
        "search" => ["search TODO", "search 'catch \\(Exception' --mode regex --in src", "search PumpHandler --mode symbol", "search --mode word --in 'lang:csharp' -- -1"],
        "read" => ["read src/Pump.cs:10-42", "read Pump.Start Pump.Stop --unit symbol", "read src/Pump.cs --view outline"],
        "refs" => ["refs Pump.Start", "refs Pump.Start --relation callers --depth 2", "refs IPump --relation implementations --in src"],
        "history" => ["history src/Pump.cs", "history Pump.Start --view blame", "history main..HEAD --as changed", "history src --view churn --since 6m"],
        "program" => ["program 'len(files())'", "program count.py --timeout 120", "program - --json", "program"],
        "recurse" => ["ask 'where are retries configured?'", "ask 'what does the pump do?' --over src/Pumps", "recurse 'list the public entry points' --over 'lang:csharp' --json"],
        _ => [tool],
    };
}
