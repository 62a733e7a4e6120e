using System.Globalization;
using System.Security.Cryptography;
using Actors.Ledger;
using Actors.Samples.InternalService;
using Microsoft.Extensions.DependencyInjection;

// A service inside of the cluster's network that pays by calling grains:
//
//     InternalService FROM TO AMOUNT KEY.pem
//
// with the amount in minor units, the database in ACTORS_DATABASE and the cluster's id in ACTORS_CLUSTER.
if (args is not [var from, var to, var amount, var keyFile])
{
    Console.Error.WriteLine("expected: InternalService FROM TO AMOUNT KEY.pem, as in: InternalService demo.2.84 demo.3.81 1250 alice.pem");
    return 2;
}

using var key = ECDsa.Create();
key.ImportFromPem(File.ReadAllText(keyFile));
using var host = ClusterClient.Create(Environment.GetEnvironmentVariable("ACTORS_DATABASE") ?? "", Environment.GetEnvironmentVariable("ACTORS_CLUSTER") ?? "actors");
await host.StartAsync();

var payments = new Payments(host.Services.GetRequiredService<IClusterClient>());
var payment = await payments.SignAsync(Address.Parse(from), Address.Parse(to), long.Parse(amount, CultureInfo.InvariantCulture), key);
var answer = await payments.SendUntilAnsweredAsync(payment);
Console.WriteLine(answer.IsCommitted
    ? $"committed in block {answer.Recorded!.Height} as transaction {answer.Id}"
    : $"refused: {answer.Outcome} {answer.Detail}");

await host.StopAsync();
return answer.IsCommitted ? 0 : 1;
