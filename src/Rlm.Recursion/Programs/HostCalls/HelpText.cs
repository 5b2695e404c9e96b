using System.Text;
using Rlm.Recursion.Running;

namespace Rlm.Recursion.Programs.HostCalls;

/// <summary>What <c>help()</c> says.</summary>
internal static class HelpText
{
    private const string Rest = """
        sets['name'] -> its items; sets['name'] = rows or paths keeps them as @name, usable as in_ and over; list(sets)
        answer['content'], answer['ready']: your draft; keep it up to date: as a text it survives errors, time limits and a program that has to be killed
        Lists are lazy: iterate or slice them freely, len() is known at once; print, str, json and + read all of one. re, json, collections, math, itertools are there.
        The value of the last expression comes back; variables stay in the session, over a restart of the server as plain data: numbers, texts, lists, tuples, sets, dicts, collections; no functions, classes or lists not read to their end.
        A failing call raises: LookupError (no such path, symbol, set), ValueError or TypeError (bad argument), RuntimeError (budget, model).

        Examples
          hits = search('TODO'); collections.Counter(h['path'].split('/')[0] for h in hits).most_common(5)
          big = [f for f in files('lang:csharp') if f['bytes'] > 50000]; print(read(big[0]['path'])[:500])
          replies = llm_batch([{'prompt': 'What can go wrong here? One line.', 'over': h['handle']} for h in hits[:20]]); answer['content'] = '\n'.join(r['value'] for r in replies if r['status'] == 'ok')
        """;

    /// <summary>Signatures, what they do, and three examples.</summary>
    public static string Of(IReadOnlyList<ProgramFunction> functions, EngineReport engine, SessionRun run)
    {
        var text = new StringBuilder();
        foreach (var function in functions.Where(function => !function.Name.Contains('.', StringComparison.Ordinal))) text.Append(function.Signature).Append(" -> ").Append(function.Does).Append('\n');
        text.Append(Rest).Append('\n');
        text.Append("\nEngine: ").Append(engine.Name).Append(' ').Append(engine.Version).Append(engine.Name == "builtin" ? ", a subset of Python 3 (no classes beyond records, no with, no imports beyond the modules above)" : engine.Modules.Count > 0 ? $"; can import also {string.Join(", ", engine.Modules)}" : "; the standard library, no further packages");
        text.Append(". No files, network or processes.");
        return text.Append(run.Models is null ? " llm: no model (the operator sets --model)." : $" llm: {run.Models.Leaf.Model.Name}.").ToString();
    }
}
