namespace MoViNetNAS.Cli.Tests;

public sealed class ProgramAnswerTests
{
    [Fact]
    public void A_program_is_installed_when_it_tells_its_version()
    {
        string dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        Assert.Matches(@"^\d+\.\d+", ProgramAnswer.Of(dotnet).Line);
        Assert.Equal(new ProgramAnswer(null, "not found"), ProgramAnswer.Of("no-such-program-here"));
        var refused = ProgramAnswer.Of(dotnet, "no-such-verb-here");
        Assert.False(refused.IsInstalled);
        Assert.StartsWith("exit code 1", refused.Fault);
    }
}
