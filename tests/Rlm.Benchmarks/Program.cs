using Rlm.Benchmarks;
using Rlm.Benchmarks.Peers;
using Rlm.Benchmarks.Quality;
using Rlm.Benchmarks.Recursion;
using Rlm.Benchmarks.Relations;

switch (args)
{
    case ["walk", var folder, ..]: return WalkBenchmark.Run(folder);
    case ["watch", var folder]: return WatchBenchmark.Run(folder);
    case ["files", var folder, ..]: return WalkBenchmark.ListFiles(folder);
    case ["large", var file, ..]: return LargeBenchmark.Run(file);
    case ["outline", var folder, ..]: return OutlineBenchmark.Run(folder);
    case ["outlines", var folder, ..]: return OutlinesBenchmark.Run(folder, args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 3);
    case ["history", var folder]: return HistoryBenchmark.Run(folder);
    case ["start", var folder]: return StartBenchmark.Run(folder);
    case ["search", var folder, .. var words]: return SearchBenchmark.Run(folder, words);
    case ["quality", .. var words]: return QualityBenchmark.Run(words);
    case ["units", var folder, ..]: return UnitsBenchmark.Run(folder, args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 1);
    case ["match", var folder, .. var rest]: return MatchBenchmark.Run(folder, rest);
    case ["index", var folder, ..]: return IndexBenchmark.Run(folder, args is [_, _, var pairs, var postings] ? new() { MaxPairs = Million(pairs), MaxPostings = Million(postings) } : new());
    case ["engine", .. var phase]: return EngineRun.Run(phase);
    case ["engines", var folder, ..]: return EngineBenchmark.Run(folder, args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 3);
    case ["relations", var folder, .. var words]: return RelationsBenchmark.Run(folder, words);
    case ["recurse"] or ["recurse", _]: return await RecurseBenchmark.RunAsync(args.Length > 1 ? args[1] : null);
    case ["peers", var folder, var symbol]: return await PeersBenchmark.RunAsync(folder, symbol);
    case ["page"] or ["page", _] or ["page", _, _]: return PageBenchmark.Run(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1_000, args.ElementAtOrDefault(2));
    case ["program"] or ["program", _]: return ProgramBenchmark.Run(args.Length > 1 ? args[1] : null);
    default:
        Console.Error.WriteLine("usage: start DIR | search DIR [RARE [COMMON [ROUNDS]]] | quality [--engine NAME] [--only NAME] [--repo NAME FOLDER]… [--accept] | index DIR [MILLION PAIRS MILLION POSTINGS] | engines DIR [ROUNDS] | outline DIR | outlines DIR [ROUNDS] | units DIR [EVERY NTH] | match DIR [MB [REGEX…]] | walk DIR | watch COPY | files DIR | history DIR | relations DIR [PROJECT…] [--truth] [--show] [--no-packages] | recurse [DIR] | program [DIR] | peers DIR TYPE.METHOD | page [SESSIONS [FILE]] | large FILE");
        return 2;
}

static int Million(string number) => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) << 20;
