namespace MoViNetNAS.Cli.Tests;

/// <summary>Tests that run searches: the number of threads is the process's, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunCollection : ICollectionFixture<FinishedRun>
{
    public const string Name = "runs";
}
