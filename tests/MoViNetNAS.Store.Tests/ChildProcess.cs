using System.Diagnostics;
using System.Runtime.CompilerServices;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store.Tests;

/// <summary>This executable started again with a job in its environment, to have a second process that can be killed.</summary>
internal static class ChildProcess
{
    private const string JobVariable = "MOVINET_STORE_TEST_JOB";
    private const string PathVariable = "MOVINET_STORE_TEST_PATH";

    public static Process Start(string job, string path, string? shellPrefix = null)
    {
        string host = Environment.ProcessPath!;
        string[] command = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, "exec", typeof(ChildProcess).Assembly.Location] : [host];
        var start = shellPrefix is null
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("/bin/sh", ["-c", $"{shellPrefix}; exec \"$@\"", "sh", .. command]);
        start.RedirectStandardOutput = true;
        start.Environment[JobVariable] = job;
        start.Environment[PathVariable] = path;
        return Process.Start(start)!;
    }

    [ModuleInitializer]
    internal static void RunJob()
    {
        string? job = Environment.GetEnvironmentVariable(JobVariable);
        if (job is null) return;
        string path = Environment.GetEnvironmentVariable(PathVariable)!;
        try
        {
            if (job == "hold") Hold(path);
            if (job == "write") Write(path);
        }
        catch (Exception e) when (e is MachineException or InputException)
        {
            Say($"{e.GetType().Name}: {e.Message}");
            Environment.Exit(1);
        }

        Environment.Exit(0);
    }

    private static void Hold(string path)
    {
        using var store = RunStore.Open(path);
        Say("open");
        Thread.Sleep(TimeSpan.FromMinutes(1));
    }

    // Begins anew each time, as a resumed search may, and says which step is on the disk only when Flush has returned.
    private static void Write(string path)
    {
        using var store = RunStore.Open(path);
        store.Put(Samples.RunRecord());
        using var writer = new TrialWriter(store);
        var random = new RandomStream((ulong)Environment.ProcessId);
        int first = Math.Max(0, store.TrialCount(Samples.Run) - 50);
        Say($"from {first}");
        for (int step = first; ;)
        {
            int count = 1 + random.Below(40);
            writer.Add(Samples.Trials(step, count));
            step += count;
            if (random.Chance(0.3)) continue;
            writer.Flush();
            Say($"stored {step}");
        }
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
