using Rlm.Benchmarks;

switch (args)
{
    case ["walk", var folder, ..]: return WalkBenchmark.Run(folder);
    case ["outline", var folder, ..]: return OutlineBenchmark.Run(folder);
    default:
        Console.Error.WriteLine("usage: walk DIR | outline DIR");
        return 2;
}
