Console.WriteLine("ClusterNet");
