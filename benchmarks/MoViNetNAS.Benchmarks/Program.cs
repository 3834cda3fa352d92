using BenchmarkDotNet.Running;
using MoViNetNAS.Benchmarks;

// In this process: the build that BenchmarkDotNet makes for a process of its own knows nothing of the native library.
string[] inProcess = args.Contains("--inProcess") || args.Contains("-i") ? args : [.. args, "--inProcess"];
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(inProcess, new BenchmarkConfig());
