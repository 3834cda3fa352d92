// Classifies frames from standard input one by one, with a network of `movinet export --onnx` and nothing else of MoViNetNAS:
//
//   ffmpeg -v error -i clip.mp4 -vf "scale=192:192:force_original_aspect_ratio=increase,crop=172:172" -f rawvideo -pix_fmt rgb24 - |
//     ORT_DISABLE_TELEMETRY=1 dotnet run --project samples/OnnxStream -c Release -- network.onnx
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: OnnxStream network.onnx < frames of rgb24");
    return 2;
}

using var options = new SessionOptions { IntraOpNumThreads = 1 };
using var session = new InferenceSession(args[0], options);
using var run = new RunOptions();
string[] classes = JsonSerializer.Deserialize<string[]>(session.ModelMetadata.CustomMetadataMap["classes"])!;
int size = session.InputMetadata["image"].Dimensions[^1], cells = size * size;

// Every state goes in by its name and comes out as name + "_next"; a stream begins with zeros.
string[] states = [.. session.InputMetadata.Keys.Where(name => name.StartsWith("state_", StringComparison.Ordinal))];
string[] inputs = ["image", .. states], outputs = ["logits", .. states.Select(name => name + "_next")];
OrtValue[] state = [.. states.Select(name => Zeros(session.InputMetadata[name]))];

var pixels = new byte[3 * cells];  // [row, column, colour], 0 to 255
var image = new float[3 * cells];  // [colour, row, column], 0 to 1
using var source = Console.OpenStandardInput();
for (int frame = 1; source.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) == pixels.Length; frame++)
{
    for (int i = 0; i < pixels.Length; i++) image[i % 3 * cells + i / 3] = pixels[i] / 255f;
    using var input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, size, size]);
    var results = session.Run(run, inputs, [input, .. state], outputs);
    foreach (var old in state) old.Dispose();
    state = [.. results.Skip(1)];

    using var logits = results[0];
    var scores = logits.GetTensorDataAsSpan<float>();
    int best = 0;
    for (int i = 1; i < scores.Length; i++) if (scores[i] > scores[best]) best = i;
    Console.WriteLine(FormattableString.Invariant($"{frame} {(classes.Length > 0 ? classes[best] : $"class {best}")} {scores[best]:G9}"));
}

foreach (var last in state) last.Dispose();
return 0;

static OrtValue Zeros(NodeMetadata state)
{
    long[] shape = [1, .. state.Dimensions.Skip(1).Select(length => (long)length)]; // the first axis is the batch
    int count = (int)shape.Aggregate(1L, (product, length) => product * length);
    return state.ElementType == typeof(int)
        ? OrtValue.CreateTensorValueFromMemory(new int[count], shape)
        : OrtValue.CreateTensorValueFromMemory(new float[count], shape);
}
