using Rlm.Benchmarks;

switch (args)
{
    case ["walk", var folder, ..]: return WalkBenchmark.Run(folder);
    case ["files", var folder, ..]: return WalkBenchmark.ListFiles(folder);
    case ["large", var file, ..]: return LargeBenchmark.Run(file);
    case ["outline", var folder, ..]: return OutlineBenchmark.Run(folder);
    default:
        Console.Error.WriteLine("usage: outline DIR | walk DIR | files DIR | large FILE");
        return 2;
}
