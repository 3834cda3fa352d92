using System.Diagnostics;
using MoViNetNAS.Tests;

namespace MoViNetNAS.Notebooks.Tests;

public sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_interrupt_ends_the_process_with_130_and_leaves_the_notebook()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent the Unix way");
        var cancellation = TestContext.Current.CancellationToken;
        string path = SmallNotebook.Write(_folder["long.ipynb"], "Console.WriteLine(1);", "while (true) { }");
        byte[] before = await File.ReadAllBytesAsync(path, cancellation);
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Notebook.Root, RedirectStandardError = true };
        foreach (string argument in new[] { Path.Combine(AppContext.BaseDirectory, "MoViNetNAS.Notebooks.dll"), "run", path }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        string? line = "";
        while (line is not null && !line.Contains("[2/2]", StringComparison.Ordinal)) line = await process.StandardError.ReadLineAsync(cancellation);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync(cancellation);
        string said = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.Equal("interrupted; the notebook that ran is as it was.", said.Trim());
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, cancellation));
    }
}
