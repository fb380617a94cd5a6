using System.Diagnostics;
using System.Text.RegularExpressions;
using KerasPort.Console;
using KerasPort.Console.Sweeps;
using YamlDotNet.RepresentationModel;

namespace KerasPort.Tests.Console.Sweeps;

/// <summary>
/// The files of <c>configs/deploy</c> have only fields, by name and value, that Kubernetes and the MPI Operator document, and run commands that
/// the tool knows.
/// </summary>
public class DeployTests
{
    private static string Text(string name) => File.ReadAllText(Repository.File("configs", "deploy", name));

    private static YamlMappingNode[] Documents(string name)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text(name)));
        return [.. yaml.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    private static YamlNode At(YamlNode node, string path) => path.Split('.').Aggregate(node, (at, name) =>
        int.TryParse(name, out int index) ? ((YamlSequenceNode)at).Children[index] : ((YamlMappingNode)at).Children[new YamlScalarNode(name)]);

    private static string Value(YamlNode node, string path) => ((YamlScalarNode)At(node, path)).Value!;

    private static string[] List(YamlNode node, string path) => [.. ((YamlSequenceNode)At(node, path)).Children.Select(item => ((YamlScalarNode)item).Value!)];

    /// <summary>No other fields, at each level: the server silently drops a misspelled one, or refuses it.</summary>
    private static void Fields(YamlNode node, string path, params string[] names) => Assert.Equal(
        names.Order(), ((YamlMappingNode)(path.Length == 0 ? node : At(node, path))).Children.Keys.Select(key => ((YamlScalarNode)key).Value!).Order());

    private static void IsALine(string[] line) => Assert.Null(Mistake.In(CommandLine.Parse(line)));

    private static void IsAPod(YamlNode template, string command, params string[] more)
    {
        Fields(template, "spec.containers.0", ["name", "image", "args", "resources", "volumeMounts", .. more]);
        Assert.StartsWith("kerasport:", Value(template, "spec.containers.0.image"));
        if (command.Length > 0) Assert.Equal([command], List(template, "spec.containers.0.command"));
        Fields(template, "spec.containers.0.resources.limits", "cpu", "memory");
        // Each mount is one of the pod's volumes.
        string[] volumes = [.. ((YamlSequenceNode)At(template, "spec.volumes")).Children.Select(volume => Value(volume, "name"))];
        Assert.All(((YamlSequenceNode)At(template, "spec.containers.0.volumeMounts")).Children, mount => Assert.Contains(Value(mount, "name"), volumes));
    }

    [Fact]
    public void A_sweep_is_an_indexed_job()
    {
        var documents = Documents("kubernetes-sweep.yaml");
        Assert.Equal(["v1 ConfigMap", "v1 PersistentVolumeClaim", "batch/v1 Job"], documents.Select(d => $"{Value(d, "apiVersion")} {Value(d, "kind")}"));
        var (config, claim, job) = (documents[0], documents[1], documents[2]);
        foreach (var document in documents) Fields(document, "metadata", "name");
        Fields(job, "", "apiVersion", "kind", "metadata", "spec");
        Fields(job, "spec", "completionMode", "completions", "parallelism", "backoffLimitPerIndex", "maxFailedIndexes", "podFailurePolicy", "template");
        Assert.Equal("Indexed", Value(job, "spec.completionMode"));
        int completions = int.Parse(Value(job, "spec.completions"));
        Assert.InRange(int.Parse(Value(job, "spec.parallelism")), 1, completions);
        Assert.InRange(int.Parse(Value(job, "spec.maxFailedIndexes")), 0, completions);
        // Both backoffLimitPerIndex and podFailurePolicy require it.
        Assert.Equal("Never", Value(job, "spec.template.spec.restartPolicy"));
        Fields(job, "spec.template.spec", "restartPolicy", "terminationGracePeriodSeconds", "containers", "volumes");
        var template = At(job, "spec.template");
        IsAPod(template, "", "env");
        Assert.Equal(Value(template, "spec.containers.0.name"), Value(job, "spec.podFailurePolicy.rules.0.onExitCodes.containerName"));
        Assert.Equal("FailJob", Value(job, "spec.podFailurePolicy.rules.0.action"));
        Assert.Equal("In", Value(job, "spec.podFailurePolicy.rules.0.onExitCodes.operator"));
        string[] values = List(job, "spec.podFailurePolicy.rules.0.onExitCodes.values");
        Assert.Equal([$"{ExitCode.Usage}", $"{ExitCode.Engine}"], values);
        Assert.Equal(("Ignore", "DisruptionTarget"),
            (Value(job, "spec.podFailurePolicy.rules.1.action"), Value(job, "spec.podFailurePolicy.rules.1.onPodConditions.0.type")));
        Assert.Equal("ReadWriteMany", List(claim, "spec.accessModes").Single());
        Assert.Equal(Value(claim, "metadata.name"), Value(job, "spec.template.spec.volumes.1.persistentVolumeClaim.claimName"));
        Assert.Equal(Value(config, "metadata.name"), Value(job, "spec.template.spec.volumes.0.configMap.name"));

        string[] line = List(template, "spec.containers.0.args");
        IsALine(line);
        Assert.Equal("sweep", line[0]);
        string shards = line[Array.IndexOf(line, "--shards") + 1];
        Assert.Equal(completions, int.Parse(shards));
        for (int index = 0; index < completions; index++)
            Assert.Equal(new Shard(index, completions, "JOB_COMPLETION_INDEX"),
                Shard.Find(null, shards, name => name == "JOB_COMPLETION_INDEX" ? $"{index}" : null));
        string file = line[1];
        Assert.Equal(Value(template, "spec.containers.0.volumeMounts.0.mountPath"), Path.GetDirectoryName(file));
        var texts = (YamlMappingNode)At(config, "data");
        var plan = SweepPlanTests.Plan(((YamlScalarNode)texts.Children[new YamlScalarNode(Path.GetFileName(file))]).Value!);
        Assert.Equal(64, plan.Runs.Count);
    }

    [Fact]
    public void A_training_is_a_job_of_the_mpi_operator()
    {
        var job = Assert.Single(Documents("kubernetes-train.yaml"));
        Assert.Equal(("kubeflow.org/v2beta1", "MPIJob"), (Value(job, "apiVersion"), Value(job, "kind")));
        Fields(job, "spec", "slotsPerWorker", "mpiImplementation", "sshAuthMountPath", "launcherCreationPolicy", "runPolicy", "mpiReplicaSpecs");
        Assert.Equal(("OpenMPI", "WaitForWorkersReady"), (Value(job, "spec.mpiImplementation"), Value(job, "spec.launcherCreationPolicy")));
        Fields(job, "spec.runPolicy", "cleanPodPolicy", "backoffLimit", "ttlSecondsAfterFinished");
        Assert.Contains(Value(job, "spec.runPolicy.cleanPodPolicy"), new[] { "Running", "All", "None" });
        Fields(job, "spec.mpiReplicaSpecs", "Launcher", "Worker");
        Fields(job, "spec.mpiReplicaSpecs.Launcher", "replicas", "restartPolicy", "template");
        Assert.Equal(("1", "OnFailure"), (Value(job, "spec.mpiReplicaSpecs.Launcher.replicas"), Value(job, "spec.mpiReplicaSpecs.Launcher.restartPolicy")));
        YamlNode launcher = At(job, "spec.mpiReplicaSpecs.Launcher.template"), worker = At(job, "spec.mpiReplicaSpecs.Worker.template");
        IsAPod(launcher, "mpirun", "command", "securityContext");
        IsAPod(worker, "/usr/sbin/sshd", "command", "securityContext");
        // The image's user, to whom the key belongs.
        string dockerfile = Text("mpi.Dockerfile"), user = Value(worker, "spec.containers.0.securityContext.runAsUser");
        Assert.Contains($"useradd -m -u {user} mpiuser", dockerfile);
        Assert.Equal("/home/mpiuser/.ssh", Value(job, "spec.sshAuthMountPath"));

        string[] line = List(launcher, "spec.containers.0.args");
        Assert.Equal(int.Parse(Value(job, "spec.mpiReplicaSpecs.Worker.replicas")) * int.Parse(Value(job, "spec.slotsPerWorker")),
            int.Parse(line[Array.IndexOf(line, "-n") + 1]));
        IsALine(line[(Array.IndexOf(line, "/app/kerasport") + 1)..]);
        Assert.Contains("COPY --from=tool /app/ /app/", dockerfile);
    }

    [Theory]
    [InlineData("slurm-sweep.sh", "array cpus-per-task job-name ntasks open-mode output requeue signal time")]
    [InlineData("slurm-train.sh", "cpus-per-task job-name ntasks open-mode output requeue signal time")]
    public void A_slurm_script_asks_for_what_the_tool_knows(string name, string options)
    {
        string script = Text(name);
        Assert.Equal(options.Split(' '), Regex.Matches(script, @"^#SBATCH --([a-z-]+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order());
        // Directives after the first command are comments.
        string[] lines = script.Split('\n');
        Assert.DoesNotContain(lines.SkipWhile(line => line.Length == 0 || line[0] == '#'), line => line.StartsWith("#SBATCH", StringComparison.Ordinal));
        string[] known = [.. CommandLine.Root().Subcommands.Single(c => c.Name == (name.Contains("sweep") ? "sweep" : "run")).Options.Select(o => o.Name)];
        foreach (Match option in Regex.Matches(script.Replace("\\\n", ""), @"(?<=(\$\{KERASPORT:-kerasport\}""|set --) .*)--[a-z-]+"))
            Assert.Contains(option.Value, known);
        if (name == "slurm-sweep.sh") Assert.Matches(@"--array=0-7\n(.|\n)*\$\{SHARDS:-8\}", script);
        else Assert.Contains("srun --mpi=pmix", script);
    }

    [Fact]
    [Slow]
    [Needs(Need.Unix)]
    public void The_scripts_are_bash()
    {
        foreach (string script in new[] { "configs/deploy/slurm-sweep.sh", "configs/deploy/slurm-train.sh", "tests/slurm-check" })
        {
            using var bash = Process.Start("bash", ["-n", Repository.File(script)]);
            bash.WaitForExit();
            Assert.True(bash.ExitCode == 0, script);
        }
    }
}
