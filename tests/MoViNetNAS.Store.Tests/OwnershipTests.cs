using System.Globalization;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Store.Tests;

public sealed class OwnershipTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Db => _folder["runs.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_opening_in_this_process_is_refused_until_the_first_is_closed()
    {
        using (RunStore.Open(Db))
        {
            string message = Assert.Throws<MachineException>(() => RunStore.Open(Db)).Message;
            Assert.Contains($"process {Environment.ProcessId} on", message);
            Assert.Contains(Db, message);
        }

        RunStore.Open(Db).Dispose();
    }

    [Fact]
    public void A_link_to_the_file_is_no_way_round()
    {
        using var store = RunStore.Open(Db);
        Directory.CreateDirectory(_folder["links"]);
        File.CreateSymbolicLink(_folder["links/runs.db"], Db);
        Assert.Throws<MachineException>(() => RunStore.Open(_folder["links/runs.db"]));
    }

    [Fact]
    public void A_second_process_is_refused_by_name_and_may_read()
    {
        using var child = ChildProcess.Start("hold", Db);
        Assert.Equal("open", child.StandardOutput.ReadLine());
        Assert.Contains($"process {child.Id} on", Assert.Throws<MachineException>(() => RunStore.Open(Db)).Message);
        using (var reader = RunStore.OpenReadOnly(Db)) Assert.Empty(reader.Runs());
        child.Kill();
        child.WaitForExit();
        RunStore.Open(Db).Dispose();
    }

    [Fact]
    public void A_process_that_meets_a_held_store_says_who_holds_it()
    {
        using var store = RunStore.Open(Db);
        using var child = ChildProcess.Start("write", Db);
        string line = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.StartsWith("MachineException: ", line);
        Assert.Contains($"process {Environment.ProcessId} on", line);
        Assert.Equal(1, child.ExitCode);
    }

    [Fact]
    public void A_killed_writer_loses_no_acknowledged_trial()
    {
        var random = new RandomStream(1);
        for (int round = 0; round < 6; round++)
        {
            using var child = ChildProcess.Start("write", Db);
            Assert.StartsWith("from ", child.StandardOutput.ReadLine());
            int delay = 50 + random.Below(700);
            using var killer = new Timer(_ => child.Kill(), null, delay, Timeout.Infinite);
            int acknowledged = LastStored(child.StandardOutput);
            child.WaitForExit();
            Assert.NotEqual(1, child.ExitCode);
            AssertHolds(acknowledged);
        }
    }

    [Fact]
    public void A_full_disk_is_a_fault_of_the_machine_and_loses_no_acknowledged_trial()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs ulimit");

        // No file may grow past 2 MiB; the signal that would end the process is ignored, so a write fails as on a full disk.
        // (The runtime's write-xor-execute keeps code in a file, which the limit would hit first.)
        using var child = ChildProcess.Start("write", Db, shellPrefix: "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 4096");
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        Assert.StartsWith("MachineException: ", lines[^1]);
        Assert.Equal(1, child.ExitCode);
        AssertHolds(LastStored(new StringReader(string.Join('\n', lines))));
    }

    [Fact]
    public void A_store_is_read_while_it_is_written_to()
    {
        using var child = ChildProcess.Start("write", Db);
        Assert.Equal("from 0", child.StandardOutput.ReadLine());
        int last = 0;
        for (int round = 0; round < 12; round++)
        {
            using var reader = RunStore.OpenReadOnly(Db);
            var trials = reader.Trials(Samples.Run).ToList();
            Assert.Equal(Samples.Trials(0, trials.Count), trials);
            Assert.True(trials.Count >= last, $"{trials.Count} trials after {last}");
            last = trials.Count;
            Thread.Sleep(50);
        }

        Assert.True(last > 0);
        child.Kill();
        child.WaitForExit();
        AssertHolds(last);
    }

    private static int LastStored(TextReader output)
    {
        int stored = 0;
        while (output.ReadLine() is { } line)
        {
            // The last line may be cut off by the kill; a number that is cut off is smaller.
            if (line.StartsWith("stored ", StringComparison.Ordinal) && int.TryParse(line[7..], CultureInfo.InvariantCulture, out int step)) stored = Math.Max(stored, step);
        }

        return stored;
    }

    private void AssertHolds(int acknowledged)
    {
        int read;
        using (var reader = RunStore.OpenReadOnly(Db)) read = reader.TrialCount(Samples.Run);
        using var store = RunStore.Open(Db);
        var trials = store.Trials(Samples.Run).ToList();
        Assert.True(read >= acknowledged, $"a reader saw {read} of {acknowledged} acknowledged trials; the store holds {trials.Count}");
        Assert.True(trials.Count >= acknowledged, $"{trials.Count} of {acknowledged} acknowledged trials");
        Assert.Equal(Samples.Trials(0, trials.Count), trials);
        store.PutTrials(Samples.Trials(0, trials.Count));
        Assert.Equal(trials.Count, store.TrialCount(Samples.Run));
    }
}
