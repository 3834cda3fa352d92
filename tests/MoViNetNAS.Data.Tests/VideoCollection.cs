namespace MoViNetNAS.Data.Tests;

/// <summary>Tests that start programs run one after another: a script being written while another test forks cannot be run.</summary>
[CollectionDefinition("videos", DisableParallelization = true)]
public sealed class VideoCollection : ICollectionFixture<TestVideos>;
