using System.Runtime.InteropServices;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tests;

public sealed class FaultsTests
{
#pragma warning disable CA2201 // the runtime and libtorch throw these two
    public static TheoryData<Exception, int, string> Known => new()
    {
        { new InputException("bad key."), 2, "bad key." },
        { new AggregateException(new InputException("bad key.")), 2, "bad key." },
        { new MachineException("disk is full."), 1, "disk is full." },
        { new IOException("No space left on device"), 1, "No space left on device" },
        { new OutOfMemoryException(), 1, "out of memory" },
        { new ExternalException("DefaultCPUAllocator: can't allocate memory: you tried"), 1, "out of memory in libtorch" },
        { new DllNotFoundException("LibTorchSharp"), 1, "a native library did not load" },
        { new OperationCanceledException(), 130, "interrupted." },
        { new InterruptedException("movinet search --resume r1"), 130, "interrupted; resume with: movinet search --resume r1" },
        { new InvalidOperationException("odd state"), 1, "unexpected InvalidOperationException: odd state. Run again with MOVINET_TRACE=1 for the trace." },
    };
#pragma warning restore CA2201

    [Theory]
    [MemberData(nameof(Known), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_one_sentence_and_an_exit_code(Exception fault, int code, string sentence)
    {
        using var error = new StringWriter();
        Assert.Equal(code, Faults.Guard(() => throw fault, error));
        Assert.StartsWith(sentence, error.ToString());
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public void What_a_signal_stopped_names_its_resume_command()
    {
        using var error = new StringWriter();
        using var interruption = new Interruption(error) { ResumeCommand = "movinet search --resume r1" };
        Assert.True(interruption.Stop());
        Assert.False(interruption.Stop()); // the second signal is left to the system
        int code = Faults.Guard(
            () => interruption.Run(token =>
            {
                token.ThrowIfCancellationRequested();
                return 0;
            }),
            error);
        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Contains("resume with: movinet search --resume r1", error.ToString());
    }
}
