namespace MoViNetNAS.Data.Tests;

/// <summary>Trains a linear probe on the weights split and tests it on the test split, of all classes or of some.</summary>
internal sealed class ShapeProbe(MovingShapes data, Func<byte[], float[]> features)
{
    private readonly (float[][] X, int[] Y) _train = Features(data, Split.Weights, features);
    private readonly (float[][] X, int[] Y) _test = Features(data, Split.Test, features);

    public double Accuracy(Func<int, bool> isWanted)
    {
        (float[][] trainX, int[] trainY) = Choose(_train);
        (float[][] testX, int[] testY) = Choose(_test);
        return new LinearProbe(trainX, trainY, 8).Accuracy(testX, testY);

        (float[][], int[]) Choose((float[][] X, int[] Y) all) =>
            ([.. all.X.Where((_, i) => isWanted(all.Y[i]))], [.. all.Y.Where(isWanted)]);
    }

    private static (float[][], int[]) Features(MovingShapes data, Split split, Func<byte[], float[]> features) =>
        ([.. Enumerable.Range(0, data.Items(split).Count).Select(i => features(ClipPixels.Read(data, split, i)))],
            [.. data.Items(split).Select(item => item.Labels.Only)]);
}
