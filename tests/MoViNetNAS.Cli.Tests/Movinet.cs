using System.Text.Json;

namespace MoViNetNAS.Cli.Tests;

/// <summary>One run of the command in this process.</summary>
internal sealed record Movinet(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static Movinet Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = CommandLine.Run(args, output, error);
        return new Movinet(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs what must succeed.</summary>
    public static Movinet Done(params string[] args)
    {
        var run = Run(args);
        Assert.True(run.ExitCode == Cli.ExitCode.Done, $"exit {run.ExitCode}: {run.Error}");
        return run;
    }

    /// <summary>Runs what the machine does not allow: exit 1 and one sentence.</summary>
    public static string Failed(params string[] args)
    {
        var run = Run(args);
        Assert.Equal(Cli.ExitCode.Failed, run.ExitCode);
        return run.OneSentence();
    }

    /// <summary>What was written to stderr, which must be one line, in words, and all there is.</summary>
    public string OneSentence()
    {
        Assert.Empty(Output);
        Assert.DoesNotContain("   at ", Error);
        Assert.DoesNotContain("Exception", Error);
        Assert.DoesNotContain("unexpected", Error);
        return Assert.Single(Error.TrimEnd().Split('\n')).TrimEnd();
    }

    /// <summary>Runs what must be refused: exit 2, nothing on stdout, no trace.</summary>
    public static string Refused(params string[] args)
    {
        var run = Run(args);
        Assert.Equal(Cli.ExitCode.BadInput, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.DoesNotContain("Exception", run.Error);
        return run.Error;
    }
}
