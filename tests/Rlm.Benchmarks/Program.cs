using Rlm.Benchmarks;

switch (args)
{
    case ["walk", var folder, ..]: return WalkBenchmark.Run(folder);
    case ["files", var folder, ..]: return WalkBenchmark.ListFiles(folder);
    case ["large", var file, ..]: return LargeBenchmark.Run(file);
    case ["outline", var folder, ..]: return OutlineBenchmark.Run(folder);
    case ["start", var folder]: return StartBenchmark.Run(folder);
    case ["search", var folder, .. var words]: return SearchBenchmark.Run(folder, words);
    default:
        Console.Error.WriteLine("usage: start DIR | search DIR [WORD…] | outline DIR | walk DIR | files DIR | large FILE");
        return 2;
}
